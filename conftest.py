"""What examples in the docstrings of `slogen.live` take for granted: a Prometheus, and SLOs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _asked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give them ``prometheus``, a server that holds the ERP's bad day, and its ``slos``."""
    if not isinstance(request.node, pytest.DoctestItem) or "/slogen/live/" not in str(request.path):
        yield
        return
    from slogen import load  # noqa: PLC0415 (only these examples need it)
    from slogen.live import Prometheus  # noqa: PLC0415
    from tests.live.world import ERP, troubled_erp  # noqa: PLC0415

    names: dict[str, Any] = request.getfixturevalue("doctest_namespace")
    with troubled_erp().serving() as stub:
        names |= {"prometheus": Prometheus(stub.url), "slos": load(ERP)}
        yield
