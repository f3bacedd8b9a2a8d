"""What tests of panels share: what a query shows, and how near that has to be to the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboards.asking import Answer, answer, queries, values_of
from tests.truth.scenario import END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.realtools.server import PrometheusServer


def shown(
    server: PrometheusServer,
    dashboards: Mapping[str, Mapping[str, Any]],
    uid: str,
    panel: str,
    ref: str,
    **chosen: str,
) -> Answer:
    """Return what a query of a panel shows."""
    asked = queries(dashboards[uid], values_of(dashboards[uid], **chosen))
    (one,) = (each for each in asked if (each.panel, each.ref) == (panel, ref))
    return answer(server, one, END)


def near(value: float, part: float = 0.02) -> Any:  # noqa: ANN401 (pytest's own)
    """Return what is equal to a value, but for what rules see later than it happens."""
    return pytest.approx(value, rel=part, abs=1e-9)
