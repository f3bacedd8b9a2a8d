"""The picture of a backtest; the one in docs/pictures is drawn here."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.live.replay.results import (
    Backtest,
    CountedPart,
    FiredAlert,
    GroupResult,
    Incident,
    Judgement,
    NearMiss,
    NotCompared,
    PolicyResult,
    TierResult,
)
from slogen.live.replay.timeline import backtest_svg

PICTURE = Path(__file__).parents[3] / "docs" / "pictures" / "backtest.svg"
HOUR, DAY = 3_600, 86_400
START = 1_763_510_400  # 2025-11-19 00:00 UTC
END = START + 8 * DAY
SVG = "{http://www.w3.org/2000/svg}"
TIERS = (("page", "1h", "14.4"), ("page", "6h", "6"), ("ticket", "1d", "3"), ("ticket", "3d", "1"))


def _ratio(hour: int) -> float:
    """Return the share of bad events of an hour: a slow burn, a short one, and an outage."""
    if 32 <= hour < 52:
        return 0.004
    return {101: 0.012, 102: 0.011, 162: 0.2, 188: 1.0}.get(hour, (hour % 7) / 10_000)


def _fired(*hours: tuple[float, float | None]) -> tuple[FiredAlert, ...]:
    return tuple(
        FiredAlert(
            start=START + begin * HOUR,
            end=None if end is None else START + end * HOUR,
            spent=0.02,
            is_at_night=False,
        )
        for begin, end in hours
    )


def _policy(
    objective: str,
    fired: tuple[tuple[FiredAlert, ...], ...],
    near: tuple[NearMiss, ...] = (),
    judgements: tuple[Judgement, ...] = (),
) -> PolicyResult:
    tiers = (
        TierResult(
            alert="SLOBurnRate",
            severity=severity,
            is_page=severity == "page",
            window=window,
            burn_rate=burn_rate,
            fired=each,
            flaps=0,
            near_misses=near if window == "1h" else (),
            agreement=None,
        )
        for (severity, window, burn_rate), each in zip(TIERS, fired, strict=True)
    )
    return PolicyResult(
        objective=objective, tiers=tuple(tiers), judgements=judgements, false_pages=0
    )


def _judgement(name: str, begin: float, end: float, after: float | None) -> Judgement:
    incident = Incident(name=name, start=START + begin * HOUR, end=START + end * HOUR)
    return Judgement(incident=incident, detected_after=after, reset_after=after)


def found() -> Backtest:
    """Return a backtest of two policies with incidents, of which one was missed."""
    near = NearMiss(start=START + 101 * HOUR, end=START + 102.5 * HOUR, peak=0.9)
    judgements = (
        _judgement("slow queries", 32, 52, None),
        _judgement("outage", 188, 189, 120.0),
    )
    now = ((162, 162.2), (188.1, 189)), ((162.2, 163), (188.2, 190)), ((49, 53), (189, 191))
    before = ((162.1, 162.2), (188.1, 189)), ((188.5, 190),), ((189, 191),)
    group = GroupResult(
        slo="shop-availability",
        group=(("tenant", "a"),),
        is_raw=False,
        unit="events",
        counted_from=START,
        events=1_382_400,
        errors=9_489,
        parts=tuple(
            CountedPart(
                start=START + hour * HOUR,
                end=START + (hour + 1) * HOUR,
                events=7_200,
                errors=7_200 * _ratio(hour),
            )
            for hour in range(8 * 24)
        ),
        now=_policy(
            "99.9%",
            (*(_fired(*each) for each in now), _fired((48, 56), (101, 108), (188.2, None))),
            (near,),
            judgements,
        ),
        before=_policy(
            "99%", (*(_fired(*each) for each in before), _fired((189, None))), (), judgements
        ),
    )
    return Backtest(
        server="https://prometheus.example.com",
        start=START,
        end=END,
        samples=46_080,
        groups=(group,),
        uncounted=("shop-search",),
        has_incidents=True,
        incidents_outside=0,
        against="main",
        not_compared=(NotCompared(slo="shop-cart", reason="it is new"),),
        not_replayed=(),
    )


def _drawn(backtest: Backtest) -> ET.Element:
    return ET.fromstring(backtest_svg(backtest))  # noqa: S314 (slogen's own)


def _classes(root: ET.Element) -> list[str]:
    return [shape.get("class", "") for shape in root.iter(f"{SVG}rect")]


def _texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_the_picture_of_the_docs_is_what_is_drawn(request: pytest.FixtureRequest) -> None:
    """A change of the picture is a change of a file that somebody looks at."""
    picture = backtest_svg(found())
    if request.config.getoption("--rewrite-goldens"):
        PICTURE.write_text(picture, "utf-8")

    assert PICTURE.read_text("utf-8") == picture


def test_each_alert_and_incident_is_drawn_once() -> None:
    """Beside the four of the legend: both sides' pages and tickets, and what was nearly one."""
    classes = _classes(_drawn(found()))

    assert classes.count("page") == 1 + 4 + 3
    assert classes.count("ticket") == 1 + 5 + 2
    assert classes.count("near") == 1 + 1
    assert (classes.count("caught"), classes.count("missed")) == (2, 2)
    assert classes.count("during") == 2


def test_both_policies_have_their_rows() -> None:
    """The other definitions come first, as in the tables."""
    rows = [text for text in _texts(_drawn(found())) if " over " in text]

    assert rows[0] == "main: page over 1h, 14.4x"
    assert rows[-1] == "now: ticket over 3d, 1x"
    assert len(rows) == 8


def test_one_policy_has_no_name_and_no_incidents() -> None:
    """Without others and without a file the picture says nothing of them."""
    whole = found()
    (group,) = whole.groups
    alone = attrs.evolve(
        whole, groups=(attrs.evolve(group, before=None),), has_incidents=False, against=""
    )
    root = _drawn(alone)

    assert next(text for text in _texts(root) if " over " in text) == "page over 1h, 14.4x"
    assert not {"caught", "missed", "during"} & {*_classes(root)}
    assert "incidents" not in _texts(root)


def test_who_hears_the_picture_is_told_what_fired() -> None:
    """It has a role, a title and a description."""
    root = _drawn(found())
    title, said = (root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))

    assert root.get("role") == "img"
    assert title == (
        "Backtest of https://prometheus.example.com from 2025-11-19 00:00 UTC to "
        "2025-11-27 00:00 UTC"
    )
    assert said.startswith(
        "shop-availability (tenant=a), main, 99%: pages 3, tickets 2, incidents caught 1 of 2. "
        "shop-availability (tenant=a), now, 99.9%: pages 4, tickets 5, incidents caught 1 of 2. "
    )
    assert "shop-search: neither base series nor raw ones" in said


def test_nothing_runs_and_nothing_is_loaded() -> None:
    """No script, no link, no address but that of the server."""
    picture = backtest_svg(found())

    assert "<script" not in picture
    assert "href" not in picture
    assert "@import" not in picture
    assert "url(" not in picture


def test_an_hour_that_burns_ten_times_as_fast_is_a_decade_higher() -> None:
    """Four decades are 66 pixels high; what burns faster than 1000 stays inside."""
    (group,) = found().groups
    heights = []
    for errors in (10.0, 100.0, 1_000.0, 10_000.0):
        part = CountedPart(start=START, end=END, events=10_000, errors=errors)
        drawn = attrs.evolve(found(), groups=(attrs.evolve(group, parts=(part,)),))
        (burn,) = (path.get("d", "").split() for path in _drawn(drawn).iter(f"{SVG}path"))
        heights.append(float(burn[2]) - float(burn[4]))

    assert heights == pytest.approx([16.5, 33.0, 49.5, 66.0], abs=0.11)


@given(
    st.floats(START - DAY, END + DAY),
    st.floats(1, 4 * DAY),
    st.text(max_size=80),
    st.text(max_size=80),
)
def test_whatever_is_drawn_is_inside(start: float, length: float, name: str, side: str) -> None:
    """Alerts and incidents of any time and name: XML that is read, and nothing outside."""
    whole = found()
    (group,) = whole.groups
    incident = Incident(start=start, end=start + length, name=name)
    judged = (Judgement(incident=incident, detected_after=None, reset_after=None),)
    inside = min(max(start, START), END)
    alert = FiredAlert(start=inside, end=min(inside + length, END), spent=0, is_at_night=True)
    now = attrs.evolve(
        group.now,
        judgements=judged,
        tiers=tuple(attrs.evolve(tier, fired=(alert,)) for tier in group.now.tiers),
    )
    drawn = attrs.evolve(whole, groups=(attrs.evolve(group, now=now),), against=side or "x")
    for shape in _drawn(drawn).iter(f"{SVG}rect"):
        x, width = float(shape.get("x", "")), float(shape.get("width", ""))
        assert 20 <= x < x + width <= 920.11


@pytest.mark.parametrize("start", [START - 2 * HOUR, END])
def test_an_incident_outside_the_time_is_not_drawn(start: float) -> None:
    """A file of incidents may hold those of a year."""
    whole = found()
    (group,) = whole.groups
    incident = Incident(start=start, end=start + 2 * HOUR)
    judged = (Judgement(incident=incident, detected_after=None, reset_after=None),)
    now = attrs.evolve(group.now, judgements=judged)
    classes = _classes(_drawn(attrs.evolve(whole, groups=(attrs.evolve(group, now=now),))))

    assert classes.count("missed") == 1  # of the legend
    assert "during" not in classes
