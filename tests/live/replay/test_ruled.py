"""What a replay finds, against the alerts of a real Prometheus that ran the same rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.live.replay.agreeing import KINDS, LINES, compared

if TYPE_CHECKING:
    from pathlib import Path


def test_a_replay_finds_the_alerts_of_a_server_that_ran_the_rules(tmp_path: Path) -> None:
    """From base series and from raw ones: each alert begins and ends within one evaluation.

    Windows of Prometheus 2 hold an evaluation more, and where two metrics are compared two of them
    follow one another.
    """
    found = compared(tmp_path)
    differing = [
        each
        for each in found
        if (each.agreement.only_replayed or each.agreement.only_recorded)
        and (each.line, each.slo) != ("2", "difference")
    ]
    fired = {(each.line, each.is_raw, each.slo.split()[0]) for each in found if each.agreement.same}

    assert not differing
    assert fired == {(line, raw, name) for line in LINES for raw in (False, True) for name in KINDS}
