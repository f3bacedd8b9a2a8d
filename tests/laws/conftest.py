"""Say how many histories each law was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.laws.conserving import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTY = "histories"


@pytest.fixture(autouse=True)
def _histories(request: pytest.FixtureRequest) -> Iterator[None]:
    """Note how many histories a test asks about."""
    examples.clear()
    yield
    request.node.user_properties += [(_PROPERTY, pair) for pair in examples.items()]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the law, the kind, the line and the number of histories."""
    noted = sorted(
        (law, count)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, (law, count) in report.user_properties
        if name == _PROPERTY
    )
    if noted:
        terminalreporter.section("histories that each law was asked about")
    for law, count in noted:
        terminalreporter.line(f"{count:5}  {law}")
