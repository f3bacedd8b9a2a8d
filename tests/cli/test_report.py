"""What came out, as text for people."""

from __future__ import annotations

from io import StringIO

import attrs
import pytest

from slogen.cli.report import Progress, report
from slogen.trial.promtool import Outcome
from slogen.trial.proving import SLOVerdict
from tests.trial.proofs import failed, probed, slo_verdict, told

TABLE = """\
      TIER                              ERRORS  EVERY  FIRES AFTER    SEEN  RESOLVES AFTER  SEEN
      SLOBurnRatePage 14.4x over 1h/5m  1.52%   1m     29m59s to 33m  30m   0s to 12m30s    11m
"""


def test_shows_what_was_predicted_beside_what_was_seen() -> None:
    """A row for each tier, in whole seconds that hold what was predicted."""
    verdict = slo_verdict(failed(*probed()))

    assert report(verdict, width=20) == f"ok    shop-availability     2 scenarios\n{TABLE}"


def test_shows_what_was_never_seen() -> None:
    """And what was seen before it should."""
    verdict = slo_verdict(failed(*probed("-1E+00", "-1E+00")), failed(*probed("0E+00", "1E+01")))

    tier = "      SLOBurnRatePage 14.4x over 1h/5m  1.52%   1m     29m59s to 33m"
    assert report(verdict, width=0).splitlines()[2:] == [
        f"{tier}  never  0s to 12m30s    never",
        f"{tier}  -1h    0s to 12m30s    -1h58m50s",
    ]


def test_shows_nothing_where_no_end_is_predicted() -> None:
    """An alert that still fires when its scenario is over was not said to resolve."""
    verdict = slo_verdict(failed(*probed()))
    (file,) = verdict.files
    observed = file.scenarios[0].observed
    assert observed is not None
    still = attrs.evolve(observed, predicted=attrs.evolve(observed.predicted, resolves=None))
    scenario = attrs.evolve(file.scenarios[0], observed=still)
    verdict = attrs.evolve(verdict, files=(attrs.evolve(file, scenarios=(scenario,)),))

    assert report(verdict, width=0).splitlines()[-1].endswith("29m59s to 33m  30m")


def test_shows_what_failed() -> None:
    """The scenario, what was asked on one line, and both answers as a person writes them."""
    verdict = slo_verdict(
        failed(
            *probed(),
            told(0, "check 0", '{a="} 6E+00, {"} 6E+00, {} -1.5E-03'),
            told(0, "check 1", "nil", "{} 1E+00"),
        )
    )

    assert report(verdict, width=0) == (
        f"FAIL  shop-availability  2 scenarios, 1 failed\n{TABLE}"
        "      scenario: a page fires\n"
        "        not before 30m: ALERTS unless x at 1h54m\n"
        "          expected: nothing\n"
        '          got:      {a="} 6, {"} 6, {} -0.0015\n'
        "        after 33m: ALERTS at 2h\n"
        "          expected: {} 1\n"
        "          got:      nothing\n"
    )


def test_shows_what_could_not_be_asked() -> None:
    """An expression that is wrong has no answer."""
    error = '    expr: "x\\n# slogen: scenario 1, check 0", time: 1h, err: parse error\n'

    text = report(slo_verdict(failed(*probed(), error)), width=0)

    assert text.endswith(
        "      scenario: sums add up\n"
        "        not before 30m: ALERTS unless x at 1h54m\n"
        "          error:    parse error\n"
    )


def test_shows_what_is_not_known() -> None:
    """What promtool printed is shown as it is, and none of its scenarios has passed."""
    verdict = slo_verdict(Outcome(2, "", "panic: no more memory\n\ngoroutine 1\n"))

    assert report(verdict, width=0) == (
        "FAIL  shop-availability  2 scenarios, 2 failed\n"
        "      2 scenarios without a verdict from promtool: it ended with code 2\n"
        "        | panic: no more memory\n"
        "        |\n"
        "        | goroutine 1\n"
    )


def test_shows_nothing_where_nothing_was_printed() -> None:
    """The reason has to do."""
    text = report(slo_verdict(Outcome("it was stopped after 600s", "", "")), width=0)

    assert text.endswith("from promtool: it was stopped after 600s\n")


def test_what_is_too_long_is_cut() -> None:
    """A program gone wild does not fill the screen."""
    text = report(slo_verdict(Outcome(2, "", "x\n" * 1000)), width=0)

    assert text.count("| x\n") == 100
    assert text.endswith("        | ... and 900 lines more\n")


def test_what_does_not_print_is_escaped() -> None:
    """No answer moves the cursor, colours the screen or begins a line of its own."""
    text = report(slo_verdict(Outcome(2, "", "a\x1b[2J\rb\u2028c\ufffdé")), width=0)

    assert text.endswith("        | a\\x1b[2J\\rb\\u2028c\ufffdé\n")


def test_shows_remarks() -> None:
    """What could not be shown as one would expect is told."""
    verdict = attrs.evolve(slo_verdict(failed(*probed())), remarks=("no raw series",))

    assert report(verdict, width=0).splitlines()[1] == "      note: no raw series"


def test_nothing_shown_is_nothing_passed() -> None:
    """An SLO without scenarios has not been proven."""
    verdict = SLOVerdict(slo_id="x", remarks=(), files=())

    assert report(verdict, width=0) == "FAIL  x  0 scenarios\n"


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_progress_is_one_line() -> None:
    """Each time the line is written anew, and in the end it is empty."""
    terminal = Terminal()
    progress = Progress(terminal, 12)

    progress.show(0)
    progress.show(10)
    progress.close()

    begun, more = "slogen: 0 of 12 SLOs", "slogen: 10 of 12 SLOs"
    blank, longer_blank = " " * len(begun), " " * len(more)
    assert terminal.getvalue() == f"\r\r{begun}\r{blank}\r{more}\r{longer_blank}\r"


@pytest.mark.parametrize("done", [0, 1])
def test_there_is_no_progress_without_a_terminal(done: int) -> None:
    """A log of CI holds whole lines."""
    stream = StringIO()
    progress = Progress(stream, 1)

    progress.show(done)
    progress.close()

    assert not stream.getvalue()
