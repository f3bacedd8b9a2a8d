"""Labels that servers add are label names, each once, and none of slogen's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from slogen.errors import InvalidValue
from slogen.targets.alertmanager import Alertmanager
from slogen.targets.thanos import Thanos

if TYPE_CHECKING:
    from slogen.targets.target import Target

TARGETS = pytest.mark.parametrize("target", [Alertmanager, Thanos])


@TARGETS
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("cluster", r"external_labels is 'cluster'\n  allowed: a list of label names, such as"),
        ({"cluster": "eu"}, r"external_labels is \{'cluster': 'eu'\}\n  allowed: a list"),
        (["a-b"], r"external_labels\[0\] is 'a-b'\n  allowed: letters.*\n  remedy: write \"a_b\""),
        (["a", "é"], r"external_labels\[1\] is 'é'\n  allowed: letters, digits and _"),
        (["a", ""], r"external_labels\[1\] is ''\n"),
        ([5], r"external_labels\[0\] is 5\n"),
        (["a", "a"], r"external_labels is a, a\n  allowed: each label once"),
        (["alertname"], r'external_labels\[0\] is "alertname", a label that slogen sets itself'),
        (["slo_owner"], r'external_labels\[0\] is "slo_owner", a label that slogen sets itself'),
    ],
)
def test_what_is_no_label_of_a_server_is_refused(
    target: type[Target],
    wrong: Any,  # noqa: ANN401 (what a user may write)
    message: str,
) -> None:
    """With its place, what is allowed, and what to write where that can be known."""
    with pytest.raises(InvalidValue, match=message):
        target(external_labels=wrong)  # type: ignore[call-arg]


@TARGETS
def test_label_names_are_taken(target: type[Target]) -> None:
    """As a list or a tuple, in their order."""
    for given in (["cluster", "_b2"], ("cluster", "_b2")):
        assert target(external_labels=given).external_labels == ("cluster", "_b2")  # type: ignore[call-arg, attr-defined]
