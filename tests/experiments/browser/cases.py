"""Sets of SLOs, built, with a past, drawn and judged."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from slogen import api, naming
from tests.experiments.browser import stories
from tests.experiments.browser.drawing import Drawing, Drawn, Theme, draw
from tests.experiments.browser.findings import Finding, judged, panels_of
from tests.experiments.browser.grafana import Site, serving
from tests.experiments.browser.links import Links
from tests.experiments.browser.past import History, served
from tests.experiments.browser.sets.bank import TENANTS
from tests.experiments.browser.typed import mistyped
from tests.realtools.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.plan import ResolvedSLO
    from tests.realtools.server import PrometheusServer

ROOT = Path(__file__).parents[3]
_SETS = Path(__file__).parent / "sets"
_BUILD_SECONDS = 120
_REVIEWED = "now-3d"
"""The range of reports: there are data for as long before it."""
THEMES: tuple[Theme, ...] = ("dark", "light")
WIDTHS = (1600, 1100)
"""Of a window on a large screen and on a small one, in pixels."""


@attrs.frozen
class Choice:
    """A value of a variable that a reader chooses, and whether it has data."""

    variable: str
    value: str
    has_data: bool = True


@attrs.frozen(kw_only=True)
class Case:
    """Definitions whose dashboards are drawn.

    Attributes:
        name: What the table calls it.
        path: Of the definitions.
        history: The past that they have.
        only: The uids of what is drawn, where all would be too many of the same kind.
        without_data: The ids of SLOs of which nothing is recorded, now or a week ago.
        choices: What else is chosen one after the other, by the id of the SLO: of each variable,
            values, and whether each of them has data.
    """

    name: str
    path: Path
    history: History = attrs.field(factory=History)
    only: tuple[str, ...] = ()
    without_data: tuple[str, ...] = ()
    choices: Mapping[str, tuple[Choice, ...]] = attrs.field(factory=dict, hash=False)


_BANK = History(
    groups={"tenant": TENANTS},
    stories={
        **{
            (slo, tenant): stories.HEALTHY
            for slo in ("payments-availability", "payments-settlement", "accounts-availability")
            for tenant in TENANTS
        },
        ("payments-availability", TENANTS[2]): stories.BURNING,
        ("payments-availability", TENANTS[-1]): stories.BURNING,
        ("payments-availability", TENANTS[6]): stories.AT_RISK,
        ("payments-availability", TENANTS[7]): stories.SILENT,
        ("payments-availability", TENANTS[8]): stories.EXHAUSTED,
        ("payments-availability", TENANTS[9]): stories.YOUNG,
        ("payments-latency",): stories.HEALTHY,
        ("accounts-opening",): stories.SILENT,
        ("accounts-statements",): stories.NEVER_MEASURED,
        ("cards-authorisation",): stories.EXHAUSTED,
        ("cards-issuing",): stories.YOUNG,
        ("reporting-availability",): stories.AT_RISK,
    },
    events_days=9,
    days=8,
)
"""Two tenants burn, one is silent, one has spent its budget, one is forty minutes old."""

CASES = (
    Case(name="three", path=_SETS / "three.py"),
    Case(
        name="grouped",
        path=_SETS / "grouped.py",
        history=History(groups={"tenant": ("acme", "globex"), "region": ("eu", "us")}),
    ),
    Case(
        name="bank",
        path=_SETS / "bank.py",
        history=_BANK,
        without_data=("accounts-opening", "accounts-statements", "cards-issuing"),
        choices={
            "payments-availability": (
                Choice("by_tenant", TENANTS[0]),
                Choice("by_tenant", TENANTS[2]),
                Choice("by_tenant", TENANTS[7], has_data=False),
            )
        },
    ),
    Case(name="erp", path=ROOT / "docs/examples/erp", history=History(days=29)),
    Case(
        name="sixty",
        path=_SETS / "sixty.py",
        history=History(events_days=9, days=8),
        only=(
            "slogen-overview",
            "slogen-report",
            "slogen-team-team-customer-experience",
            "slo-customer-notification-gateway",
        ),
    ),
)


class BuildError(RuntimeError):
    """slogen did not build dashboards; the message has its words."""


@attrs.frozen(kw_only=True)
class Tools:
    """What drawing needs: the folder of the page with its packages, a browser, and its fonts."""

    page: Path
    fonts: Mapping[str, Path] = attrs.field(hash=False)
    chromium: Path

    def site(self, dashboards: Mapping[str, Mapping[str, Any]], server: PrometheusServer) -> Site:
        """Return what has to be served for dashboards to be drawn."""
        www = self.page / "www"
        return Site(www=www, fonts=self.fonts, dashboards=dashboards, prometheus=server)


@attrs.frozen(kw_only=True)
class Result:
    """What was drawn of a dashboard, and what is wrong with it.

    Attributes:
        case: The name of the case.
        dashboard: Its JSON.
        drawn: How often it was drawn.
        queries: How many queries its panels asked, each counted once.
        findings: What is wrong, over all drawings.
    """

    case: str
    dashboard: Mapping[str, Any] = attrs.field(hash=False)
    drawn: int
    queries: int
    findings: tuple[Finding, ...]


def checked(case: Case, tools: Tools, pictures: Path) -> tuple[Result, ...]:
    """Build, draw and judge the dashboards of a case.

    Raises:
        BuildError: slogen did not build dashboards.
        DrawingError: The browser failed.
        TypingError: tsc failed.
    """
    with tempfile.TemporaryDirectory(prefix="slogen-browser-") as folder:
        dashboards = built(case.path, Path(folder, "build"))
        rules = api.build(api.load(case.path))
        with (
            served(rules, case.history, Path(folder, "past")) as prometheus,
            serving(tools.site(dashboards, prometheus)) as address,
        ):
            drawn = draw(
                drawings(dashboards, rules.slos, case),
                address=address,
                page=tools.page,
                chromium=tools.chromium,
                pictures=pictures / case.name,
            )
    wrong = mistyped(dashboards, tools.page)
    uids = dict.fromkeys(one.drawing.dashboard["uid"] for one in drawn)
    results = (_result(case, dashboards[uid], drawn, Links(dashboards)) for uid in uids)
    return tuple(
        attrs.evolve(
            one,
            findings=(
                *one.findings,
                *(fault for fault in wrong if fault.dashboard == one.dashboard["uid"]),
            ),
        )
        for one in results
    )


def built(path: Path, out: Path) -> dict[str, dict[str, Any]]:
    """Return the dashboards that the command line writes for definitions, by uid."""
    arguments = ("build", path, "--target", "grafana", "--out", out)
    outcome = run(sys.executable, "-m", "slogen", *arguments, seconds=_BUILD_SECONDS)
    files = sorted(out.rglob("*.json"))
    if outcome.code or not files:
        raise BuildError(f"slogen build --target grafana, {len(files)} files:\n{outcome.output}")
    found = [json.loads(file.read_text()) for file in files]
    return {dashboard["uid"]: dashboard for dashboard in found}


def drawings(
    dashboards: Mapping[str, Mapping[str, Any]], slos: Iterable[ResolvedSLO], case: Case
) -> Iterator[Drawing]:
    """Yield what is drawn: dashboards in both themes and widths, and for each of their SLOs."""
    chosen = {uid: one for uid, one in dashboards.items() if not case.only or uid in case.only}
    for dashboard in chosen.values():
        for theme in THEMES:
            for width in WIDTHS:
                since = _REVIEWED if dashboard["uid"].endswith("-report") else ""
                yield Drawing(dashboard=dashboard, theme=theme, width=width, since=since)
    for slo in slos:
        uid = naming.uid("service", slo.definition.service.name, slo.naming)
        if uid in chosen:
            yield from _of_slo(chosen[uid], slo.definition.id, case)


def _of_slo(dashboard: Mapping[str, Any], slo: str, case: Case) -> Iterator[Drawing]:
    has_data = slo not in case.without_data
    for choice in (Choice("slo", slo), *case.choices.get(slo, ())):
        yield Drawing(
            dashboard=dashboard,
            theme="dark",
            width=WIDTHS[0],
            variables={"slo": slo, choice.variable: choice.value},
            has_data=has_data and choice.has_data,
        )


def _result(
    case: Case, dashboard: Mapping[str, Any], drawn: tuple[Drawn, ...], links: Links
) -> Result:
    its = [one for one in drawn if one.drawing.dashboard["uid"] == dashboard["uid"]]
    return Result(
        case=case.name,
        dashboard=dashboard,
        drawn=len(its),
        queries=sum(len(panel.get("targets", ())) for panel in panels_of(dashboard)),
        findings=judged(its, links),
    )
