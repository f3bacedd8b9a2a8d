"""An SLO of time that is only seen from nine to seventeen: what a bad day of it is."""

from __future__ import annotations

import pytest

from slogen import SLO, AlertPolicy, Service, TimeSlices
from tests.budgets.asking import Question, World
from tests.budgets.hours import HOUR, Hours
from tests.budgets.slos import DAY, fires, left, of_days
from tests.budgets.traffic import steps

pytestmark = pytest.mark.parametrize("line", ["2", "3"])

_SOUND = steps((9, None), (8, (HOUR, 0)), (7, None))
_OFF = steps((24, None))
_BAD = steps((9, None), (8, (HOUR, HOUR)), (7, None))


def _share_of_a_day(hours: Hours, now: int) -> float:
    """Return the bad part of a day, which is what was seen of it, and at least the usual time."""
    whole, day = hours.hours[:now], hours.hours[now - 24 : now]
    first = next(number for number, hour in enumerate(whole) if hour)
    usual = 24 * sum(hour is not None for hour in whole) / (now - first)
    seen = sum(hour is not None for hour in day)
    return sum(hour[1] for hour in day if hour) / HOUR / max(seen, usual)


def test_a_bad_day(line: str) -> None:
    """A day is what is usually seen of it: after two days off, one bad hour is not all of it.

    Were a day 24 hours, the worst one would be bad for a third, and a tier that asks for 39 % would
    never fire. Prometheus 2 sees an hour more of each window than there is.
    """
    slo = SLO(
        service=Service("shop"),
        name="hours",
        objective="87%",
        window="30d",
        sli=TimeSlices(query="lag_seconds", good_when="<= 300"),
        alerts=AlertPolicy(preset="standard"),
    )
    hours = Hours(hours=_SOUND * 7 + _OFF * 2 + _BAD + _SOUND * 3)
    series = hours.recorded(slo.id)
    series |= {name.replace(":sum1h", ":increase"): values for name, values in series.items()}
    day, share = 9 * DAY, "sum(slo:sli_error:ratio_rate1d)"
    ticket = fires("SLOBurnRateTicket", ',slo_window="1d"')
    questions = [
        Question(query=ticket, time=day + 11 * HOUR),
        Question(query=ticket, time=day + 14 * HOUR, truth=1),
    ]
    questions += [
        Question(
            query=share,
            time=day + after * HOUR,
            truth=_share_of_a_day(hours, 9 * 24 + after),
            within=0.001 if after < 33 else 0.06,
        )
        for after in (10, 11, 13, 17, 20, 37)
    ]
    for time in (8 * DAY, day + 13 * HOUR, day + 20 * HOUR, day + 3 * DAY):
        truth = hours.left(time, of_days(30, ratio=0.13))
        questions.append(Question(query=left(""), time=time, truth=truth, within=0.001))

    World(slos=(slo,), series=series, step=HOUR, interval=HOUR).judge(line, questions)
