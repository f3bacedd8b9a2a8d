"""The scenarios: each a service of its own in one TSDB."""

from __future__ import annotations

from slogen import naming
from tests.truth.arithmetic import DAY, HOUR, MINUTE
from tests.truth.scenario import Known, Scenario, Version
from tests.truth.traffic import Counter, Course

LONG = ("1d", "3d", "period")
ALWAYS = (-100 * DAY, DAY)
STEADY = Course.steady(100)


def pod(  # noqa: PLR0913 - a pod may differ in all that
    course: Course,
    *errors: tuple[float, float, float],
    labels: str = 'pod="a"',
    group: str = "",
    life: tuple[float, float] = (-1e7, 1e7),
    resets: tuple[float, ...] = (),
    before: int = 10_000_000,
) -> tuple[Counter, Counter]:
    """Return the counters of good and of bad requests of a pod.

    Args:
        course: All requests.
        errors: From when until when which part of them is bad.
        labels: Those of the pod.
        group: The value of the label that tells tenants apart.
        life: When the pod begins and ends.
        resets: When its counters begin anew.
        before: What each has counted when it is first seen: rates are not extrapolated below 0, so
            that a counter which stood near 0 reads low at first.
    """
    course = course.only(*life)
    bad = Course(((life[0], 0),))
    for since, until, part in errors:
        bad = bad.plus(course.only(max(since, life[0]), min(until, life[1]), part))
    good = course.plus(Course(tuple((time, -rate) for time, rate in bad.changes)))
    if group:
        labels = f'{labels},tenant="{group}"'
    born, gone = life
    return (
        Counter(
            labels=f'{labels},code="200"',
            course=good,
            group=group,
            born=born,
            gone=gone,
            resets=resets,
            before=before,
        ),
        Counter(
            labels=f'{labels},code="503"',
            course=bad,
            bad=True,
            group=group,
            born=born,
            gone=gone,
            resets=resets,
            before=before,
        ),
    )


BURST = Scenario(
    name="burst",
    says="Ten minutes at 1000 times the traffic, with 20 % errors.",
    counters=pod(
        Course.steady(2).during(-2 * DAY, -2 * DAY + 10 * MINUTE, 2_000),
        (-2 * DAY, -2 * DAY + 10 * MINUTE, 0.2),
        before=0,
    ),
    moments=(-2 * DAY + 12 * MINUTE, 0),
    fresh=(-2 * DAY + 12 * MINUTE,),
    both_lines=True,
)
QUIET_HOUR = Scenario(
    name="quiet-hour",
    says="An hour with a four-hundredth of the traffic, and 50 % errors.",
    counters=pod(
        Course.steady(200).during(-31 * HOUR, -30 * HOUR, 0.5), (-31 * HOUR, -30 * HOUR, 0.5)
    ),
    moments=(-30 * HOUR, 0),
    fresh=(-30 * HOUR,),
)
DAYS = Scenario(
    name="days",
    says="Days of 200 and nights of 2 requests per second, and incidents at night.",
    counters=pod(
        Course.days(200, 2),
        (-20 * DAY + 14 * HOUR, -20 * DAY + 16 * HOUR, 0.4),
        (-3 * DAY + 14 * HOUR, -3 * DAY + 16 * HOUR, 0.3),
        (-30 * HOUR, -29 * HOUR, 0.02),
    ),
    window="30d",
    moments=(-3 * DAY + 15 * HOUR, 0),
    fresh=(-3 * DAY + 15 * HOUR,),
)
UNBORN = Scenario(
    name="unborn",
    says="No error series for 46 hours, then one hour at 1.7 %.",
    counters=(
        *pod(Course.steady(98.3), life=(-49 * HOUR, 1e7))[:1],
        Counter(
            labels='pod="a",code="503"',
            course=STEADY.only(-3 * HOUR, -2 * HOUR, 0.017),
            bad=True,
            born=-3 * HOUR,
        ),
    ),
    life=48 * HOUR,
    moments=(-2 * HOUR, 0),
    fresh=(-2 * HOUR,),
    known=(
        Known(
            ("6h", *LONG),
            7 / 3_600,
            "what a series counted until its first scrape is not seen: 7 s of an hour",
        ),
    ),
    both_lines=True,
)
SILENCE = Scenario(
    name="silence",
    says="An hour without traffic.",
    counters=pod(STEADY.during(-3 * HOUR, -2 * HOUR, 0), (*ALWAYS, 0.001)),
    moments=(-2 * HOUR - MINUTE, 0),
    fresh=(-2 * HOUR - MINUTE,),
    objective="99.5%",
    both_lines=True,
)
RESETS = Scenario(
    name="resets",
    says="Counters of two pods begin anew every six hours, and in the middle of an incident.",
    counters=tuple(
        counter
        for number in range(2)
        for counter in pod(
            STEADY,
            (-10 * HOUR, -8 * HOUR, 0.1),
            labels=f'pod="{number}"',
            resets=(
                *(-8 * DAY + 6 * HOUR * n + 1_000 * number for n in range(26)),
                -9 * HOUR + 11 * number,
            ),
        )
    ),
    known=(
        Known(
            LONG,
            (23 + 4) / (2 * 7_200),
            "what was counted between the last scrape and a reset is lost: of the two hours of the "
            "incident 23 s of one pod and 4 s of the other",
        ),
    ),
    both_lines=True,
)
GAPS = Scenario(
    name="gaps",
    says="Every twentieth scrape fails, and six in a row in the middle of an incident.",
    counters=pod(STEADY, (-10 * HOUR, -9 * HOUR, 0.1)),
    missed=(
        *((-8 * DAY + 600 * n, -8 * DAY + 600 * n + 30) for n in range(8 * 144)),
        (-34_200, -34_200 + 180),
    ),
)
TARGET_GONE = Scenario(
    name="target-gone",
    says="One pod of five has 20 % errors, and goes for ever.",
    counters=(
        *pod(Course.steady(80)),
        *pod(Course.steady(20), (*ALWAYS, 0.2), labels='pod="b"', life=(-1e7, -5 * HOUR)),
    ),
    known=(
        Known(
            ("6h",),
            23 / 3_600,
            "what a pod counted after its last scrape is not seen: 23 s of its last hour",
        ),
    ),
    moments=(-5 * HOUR - 10 * MINUTE, 0),
    objective="90%",
    tiers=((9, "1h", "5m"), (6, "6h", "30m"), (2, "1d", "2h"), (1, "3d", "6h")),
)
DOWN = Scenario(
    name="down",
    says="Prometheus is down for twelve minutes of a two-hour incident.",
    counters=pod(STEADY, (-11 * HOUR, -9 * HOUR, 0.05)),
    down=((-10 * HOUR, -10 * HOUR + 12 * MINUTE),),
    known=(
        Known(
            ("6h", *LONG),
            (720 + 45) / 6_600,
            "twelve minutes are more than the longest gap of ten: what was counted in them is "
            "lost, and what the last evaluation had not seen yet, of the 110 minutes so far",
            moments=(-9 * HOUR - 10 * MINUTE,),
        ),
        Known(
            (naming.EVENTS_OPEN, naming.ERRORS_OPEN),
            (720 + 45) / 2_940,
            "likewise, of the 49 minutes since the last hour that are seen",
            moments=(-9 * HOUR - 10 * MINUTE,),
        ),
        Known(
            LONG,
            (53 + 720 + 7) / 7_200,
            "from the scrape that the last evaluation saw to the first one afterwards, of the two "
            "hours of the incident",
            moments=(0,),
        ),
    ),
    moments=(-9 * HOUR - 10 * MINUTE, 0),
    fresh=(-9 * HOUR - 10 * MINUTE,),
)
RENAMED = Scenario(
    name="renamed",
    says="The service gets another name; the id stays, and so do windows and budget.",
    counters=pod(
        STEADY, (-40 * HOUR, -38 * HOUR, 0.05), (-10 * HOUR, -9 * HOUR, 0.05), (*ALWAYS, 0.0001)
    ),
    versions=(Version(until=-30 * HOUR, service="an-old-name"),),
    moments=(-31 * HOUR, -29 * HOUR, 0),
    both_lines=True,
)
OWNER_EDITED = Scenario(
    name="owner-edited",
    says="Another team takes over; nothing but the info series changes.",
    counters=pod(STEADY, (-40 * HOUR, -20 * HOUR, 0.0015)),
    versions=(Version(until=-30 * HOUR, owner="team-before"),),
    moments=(-31 * HOUR, -29 * HOUR, 0),
    fresh=(-31 * HOUR, -29 * HOUR),
)
WHOLE_SHOP = Scenario(
    name="whole-shop",
    says="All requests of a shop, of which those for paying have an SLO of their own.",
    counters=(
        *pod(Course.steady(90), labels='path="/look"'),
        *pod(Course.steady(10), (-7 * HOUR, -4 * HOUR, 0.3), labels='path="/pay"'),
    ),
)
PAYING = Scenario(
    name="paying",
    says="A part of the series of another SLO.",
    counters=WHOLE_SHOP.counters[2:],
    job="whole-shop",
    path="/pay",
    objective="99%",
)
TENANTS = Scenario(
    name="tenants",
    says="Groups that come and go: each has its own ratios and its own budget.",
    counters=(
        *pod(Course.steady(10), (*ALWAYS, 0.0005), group="steady"),
        *pod(Course.steady(20), (*ALWAYS, 0.02), group="new", life=(-26 * HOUR, 1e7), before=0),
        *pod(Course.steady(30), (*ALWAYS, 0.01), group="gone", life=(-1e7, -50 * HOUR)),
    ),
    group_by=True,
)
BUDGETS = Scenario(
    name="budgets",
    says="Budgets in every state.",
    counters=tuple(
        counter
        for part in (0.0005, 0.0008, 0.00095, 0.0012)
        for counter in pod(Course.steady(1_000), (*ALWAYS, part), group=f"{part:.3%}")
    ),
    group_by=True,
)
EIGHTY = Scenario(
    name="eighty",
    says="An objective of 80 %, and an hour's outage.",
    counters=pod(STEADY, (-80 * MINUTE, -20 * MINUTE, 0.98), (*ALWAYS, 0.01)),
    objective="80%",
    tiers=((4.5, "1h", "5m"), (2, "1d", "2h"), (1, "3d", "6h")),
    moments=(-22 * MINUTE, 0),
    fresh=(-22 * MINUTE,),
)
NINETY = Scenario(
    name="ninety",
    says="An objective of 90 % on the same series.",
    counters=EIGHTY.counters,
    job="eighty",
    objective="90%",
    tiers=((9, "1h", "5m"), (6, "6h", "30m"), (2, "1d", "2h"), (1, "3d", "6h")),
    moments=(-22 * MINUTE, 0),
    fresh=(-22 * MINUTE,),
)
FIVE_NINES = Scenario(
    name="five-nines",
    says="An objective of 99.999 %, and an hour in which one request of ten thousand fails.",
    counters=pod(Course.steady(10_000), (-3 * HOUR, -2 * HOUR, 0.0001), (*ALWAYS, 0.000005)),
    objective="99.999%",
    moments=(-2 * HOUR - 2 * MINUTE, 0),
    fresh=(-2 * HOUR - 2 * MINUTE,),
)
OUTAGE = Scenario(
    name="outage",
    says="Everything fails since ten minutes.",
    counters=pod(STEADY, (-10 * MINUTE, DAY, 1)),
    objective="99.5%",
    fresh=(0,),
)
DAY_WINDOW = Scenario(
    name="day-window",
    says="A window of 24 hours, with an incident that is over since a quarter of an hour; read "
    "before and after an hour is recorded, too.",
    counters=pod(STEADY, (-20 * HOUR, -19 * HOUR, 0.02), (-3 * HOUR, -15 * MINUTE, 0.006)),
    window="1d",
    moments=(-57 * MINUTE, -52 * MINUTE, -16 * MINUTE, 0),
    fresh=(-57 * MINUTE, -52 * MINUTE, -16 * MINUTE),
    both_lines=True,
)
MONTH = Scenario(
    name="month",
    says="A window of 28 days, an incident at its beginning and one before that.",
    counters=pod(
        STEADY,
        (-28 * DAY - 110 * MINUTE, -28 * DAY - 70 * MINUTE, 0.9),
        (-27 * DAY, -27 * DAY + HOUR, 0.1),
        (-3 * HOUR, -2 * HOUR, 0.03),
    ),
    window="28d",
)
QUARTER = Scenario(
    name="quarter",
    says="A window of 90 days; scraped every 2 minutes, for every 30 s would be 1 M samples.",
    counters=pod(Course.days(100, 10), (-80 * DAY, -79 * DAY, 0.01), (-5 * HOUR, -3 * HOUR, 0.05)),
    window="90d",
    scrape=120,
)
YOUNG = Scenario(
    name="young",
    says="A window of 30 days that began two days ago, with a bad first quarter of an hour.",
    counters=pod(STEADY, (-2 * DAY + 5 * MINUTE, -2 * DAY + 15 * MINUTE, 0.5)),
    window="30d",
    life=2 * DAY,
    moments=(-2 * DAY + 14 * MINUTE, 0),
    fresh=(-2 * DAY + 14 * MINUTE,),
)
SLOW_BURN = Scenario(
    name="slow-burn",
    says="One and a half times the budget, for five days.",
    counters=pod(Course.steady(1_000), (*ALWAYS, 0.0015)),
    window="30d",
    life=5 * DAY,
)

ALL = (
    BURST,
    QUIET_HOUR,
    DAYS,
    UNBORN,
    SILENCE,
    RESETS,
    GAPS,
    TARGET_GONE,
    DOWN,
    RENAMED,
    OWNER_EDITED,
    WHOLE_SHOP,
    PAYING,
    TENANTS,
    BUDGETS,
    EIGHTY,
    NINETY,
    FIVE_NINES,
    OUTAGE,
    DAY_WINDOW,
    MONTH,
    QUARTER,
    YOUNG,
    SLOW_BURN,
)
