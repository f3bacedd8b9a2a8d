"""Files for Mimir, Thanos and vmalert: the same rules, and what each ruler has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from slogen import SLO, Events, Latency, Selector, Service, Settings, TimeSlices, build, load
from slogen.errors import InputError, InvalidValue
from slogen.review.comparison.history import RECORDS, histories
from slogen.targets.mimir import Mimir
from slogen.targets.prometheus import Prometheus
from slogen.targets.prometheus_operator import PrometheusOperator
from slogen.targets.thanos import Thanos
from slogen.targets.victoriametrics import VictoriaMetrics
from slogen.targets.victoriametrics_operator import VictoriaMetricsOperator
from tests.golden_cases import FOLDER, ROOT
from tests.realtools import promtool
from tests.realtools.packages import find
from tests.realtools.processes import run
from tests.targets import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rule_set import RuleSet
    from slogen.targets.target import Target

REQUESTS = Selector("http_requests_total")
ERP, GROUPS, KINDS = (
    ROOT / "docs" / "examples" / "erp",
    FOLDER / "group-by" / "slos.py",
    FOLDER / "kinds" / "slos.py",
)
LATER = (
    "# On this ruler alerts fire {} later than slogen test says. Over windows above 6h: {}; about "
    "the budget left: {}."
)
FILES: tuple[Target, ...] = (Mimir(), Thanos(), VictoriaMetrics())
ALL = pytest.mark.parametrize("target", [*FILES, VictoriaMetricsOperator()], ids=lambda t: t.name)
PLAIN = pytest.mark.parametrize("target", FILES, ids=lambda target: target.name)
INPUTS = pytest.mark.parametrize("path", [ERP, GROUPS, KINDS], ids=["erp", "groups", "kinds"])


def rules(path: Path, **settings: Any) -> RuleSet:  # noqa: ANN401 (settings)
    """Return what is built from definitions, without native histograms."""
    chosen = (slo for slo in load(path) if not (isinstance(slo.sli, Latency) and slo.sli.native))
    return build(list(chosen), Settings(**settings))


def slo(**more: Any) -> RuleSet:  # noqa: ANN401 (arguments of SLO)
    """Return the rules of an SLO."""
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
    given: dict[str, Any] = {"objective": "99%", "window": "30d", "sli": sli, **more}
    return build(SLO(service=Service("shop"), name="a", **given))


def groups(target: Target | str, built: RuleSet) -> list[dict[str, Any]]:
    """Return the groups of all files of a target."""
    contents = (yaml.safe_load(file.text) for file in built.render(target))
    return [group for content in contents for group in content.get("spec", content)["groups"]]


@INPUTS
@ALL
def test_the_rules_are_those_of_prometheus(target: Target, path: Path) -> None:
    """Without options a target writes the groups that the target for Prometheus writes."""
    built = rules(path)

    assert groups(target, built) == groups("prometheus", built)


@INPUTS
@PLAIN
def test_promtool_accepts_the_files(target: Target, path: Path, tmp_path: Path) -> None:
    """What has no key of a ruler's own is a rule file for Prometheus as well."""
    files = []
    for number, file in enumerate(rules(path).render(target)):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(file.text)

    assert promtool.check_rules("3", files).count("SUCCESS") == len(files)


@INPUTS
@pytest.mark.parametrize(
    ("settings", "offset"),
    [({}, None), ({}, "5s"), ({"query_offset": "20s", "prometheus": "3.5"}, None)],
)
def test_vmalert_accepts_the_files(
    path: Path, settings: dict[str, str], offset: str | None, tmp_path: Path
) -> None:
    """Its own check finds no fault in any kind of SLI, however groups are moved in time."""
    for number, file in enumerate(
        rules(path, **settings).render(VictoriaMetrics(eval_offset=offset))
    ):
        (tmp_path / f"{number}.yaml").write_text(file.text)

    outcome = run(find("vmalert", "3"), "-dryRun", f"-rule={tmp_path}/*.yaml", seconds=60)

    assert outcome.code == 0, outcome.output


@INPUTS
def test_a_vmrule_has_known_fields_alone(path: Path) -> None:
    """Each file is a resource of the operator of VictoriaMetrics."""
    built = rules(path, query_offset="1m", prometheus="3.5")
    target = VictoriaMetricsOperator(namespace="monitoring", labels={"a": "b"})

    for file in built.render(target):
        schemas.check(yaml.safe_load(file.text), schemas.VM_RULE)
    (group, *_) = groups(VictoriaMetricsOperator(tenant="7:1", eval_offset="0s"), rules(GROUPS))
    assert (group["tenant"], group["eval_offset"]) == ("7:1", "0s")


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        (Mimir(), {"query_offset": "1m"}),
        (Mimir(source_tenants=["a", "b"]), {"query_offset": "1m", "source_tenants": ["a", "b"]}),
        (
            Thanos(partial_response_strategy="warn"),
            {"query_offset": "1m", "partial_response_strategy": "warn"},
        ),
        (VictoriaMetrics(tenant="7"), {"tenant": "7", "eval_delay": "1m"}),
        (VictoriaMetricsOperator(), {"eval_delay": "1m"}),
    ],
    ids=["mimir", "tenants", "thanos", "vmalert", "operator"],
)
def test_a_group_has_the_keys_of_its_ruler(target: Target, keys: dict[str, Any]) -> None:
    """Late data is said in the words of the ruler, and options stand in every group."""
    built = rules(GROUPS, query_offset="1m", prometheus="3.5")
    usual = {"name", "interval", "rules"}

    for group in groups(target, built):
        assert {key: value for key, value in group.items() if key not in usual} == keys


def test_vmalert_is_never_nearer_than_its_store() -> None:
    """VictoriaMetrics hides what is younger than 30s: a shorter delay would read holes."""
    built = rules(GROUPS, query_offset="20s", prometheus="3.5")

    assert {group["eval_delay"] for group in groups(VictoriaMetrics(), built)} == {"30s"}


def test_an_offset_in_the_interval_needs_no_cache() -> None:
    """With eval_offset vmalert looks at now: the answer must not come from a cache."""
    found = groups(VictoriaMetrics(eval_offset="5s"), slo())

    assert {group["eval_offset"] for group in found} == {"5s"}
    assert all(group["params"] == {"nocache": ["1"]} for group in found)


@pytest.mark.parametrize(
    ("target", "line"),
    [
        (Mimir(), "# On this ruler alerts fire 1m later than slogen test says."),
        (Mimir(ruler_evaluation_delay_duration="0s"), "groups:"),
        (Prometheus(), "groups:"),
        (
            Prometheus(rule_query_offset="1m"),
            "# On this ruler alerts fire 1m later than slogen test says.",
        ),
        (
            PrometheusOperator(rule_query_offset="30s"),
            "# On this ruler alerts fire 30s later than slogen test says.",
        ),
        (Thanos(), "groups:"),
        (
            Thanos(stateless=True),
            LATER.format("1m", "2m", "4m"),
        ),
        (
            VictoriaMetrics(),
            LATER.format("90s to 2m", "150s to 210s", "270s to 330s"),
        ),
        (
            VictoriaMetricsOperator(),
            LATER.format("90s to 2m", "150s to 210s", "270s to 330s"),
        ),
    ],
)
def test_a_file_says_how_late_its_ruler_is(target: Target, line: str) -> None:
    """What promtool shows is about Prometheus: the third line says what that leaves out."""
    (file,) = slo().render(target)

    assert file.text.split("\n")[2] == line


def test_a_file_of_mimir_is_a_namespace() -> None:
    """A namespace is called like its file: a prefix keeps it from those of others."""
    assert [file.path for file in slo().render(Mimir())] == ["mimir/slo-shop-a.yaml"]
    assert [file.path for file in slo().render(Mimir(namespace_prefix=""))] == ["mimir/shop-a.yaml"]


def test_more_groups_than_a_tenant_may_have_are_said() -> None:
    """Mimir's limit is 70 unless the option says that it was raised; 0 is none."""
    built = rules(ERP)

    assert list(built.findings_for(Mimir())) == []
    assert list(built.findings_for(Mimir(ruler_max_rule_groups_per_tenant=0))) == []
    (finding,) = built.findings_for(Mimir(ruler_max_rule_groups_per_tenant=41))
    assert (finding.code, finding.message) == (
        "rule-groups-above-limit",
        "42 rule groups; Mimir takes 41 of a tenant unless told otherwise",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"source_tenants": "shop"}, r"source_tenants is 'shop'\n  allowed: a list of tenants"),
        ({"source_tenants": ["b", "a/b"]}, r"source_tenants\[1\] is 'a/b'\n  allowed: at most"),
        ({"source_tenants": ["a|b"]}, r"is 'a\|b'\n  allowed: .*\n  remedy: write a list of them"),
        (
            {"source_tenants": ["."]},
            r"source_tenants\[0\] is '\.'\n  allowed: .* and neither \. nor",
        ),
        ({"source_tenants": [".."]}, r"source_tenants\[0\] is '\.\.'\n"),
        ({"source_tenants": ["__mimir_cluster"]}, r"\[0\] is '__mimir_cluster'\n"),
        ({"source_tenants": [5]}, r"source_tenants\[0\] is 5\n"),
        ({"source_tenants": ["a", "a"]}, r"source_tenants is a, a\n  allowed: each tenant once"),
        ({"namespace_prefix": "a/"}, r"namespace_prefix is 'a/'\n  allowed: at most 60 of"),
        ({"ruler_max_rule_groups_per_tenant": True}, r"is True\n  allowed: a whole number"),
        ({"ruler_evaluation_delay_duration": "1"}, r'is "1"\n  allowed: "0s", or a duration such'),
    ],
)
def test_mimir_refuses(arguments: dict[str, Any], message: str) -> None:
    """Each option says what it takes."""
    with pytest.raises(InvalidValue, match=message):
        Mimir(**arguments)


def test_thanos_refuses_a_group_that_it_would_lose() -> None:
    """A label that the ruler sets is the same in all groups: they would be recorded as one."""
    with pytest.raises(InvalidValue, match="group_by of shop-a") as caught:
        slo(group_by=("cluster", "tenant")).render(Thanos(external_labels=["cluster"]))

    assert str(caught.value) == (
        'group_by of shop-a is "cluster", which Thanos Ruler sets itself (external_labels)\n'
        "  allowed: labels that the ruler leaves as they are\n"
        "  remedy: rename the label in the scrape configuration, or remove it from the ruler: "
        "all groups would be recorded as one"
    )
    assert slo(group_by=("cluster", "tenant")).render(Thanos(external_labels=["replica"]))
    with pytest.raises(InvalidValue, match=r"strategy is 'ABORT'\n  allowed: \"abort\" or"):
        Thanos(partial_response_strategy="ABORT")  # type: ignore[arg-type]


@pytest.mark.parametrize("label", ["slo_id", "slo_hour", "severity", "tier", "sloth_service"])
def test_thanos_refuses_labels_of_slogen(label: str) -> None:
    """What the ruler put in place of a label by which rules find series would end all SLOs."""
    with pytest.raises(InvalidValue, match="external_labels") as caught:
        Thanos(external_labels=["replica", label])

    assert str(caught.value) == (
        f'Thanos.external_labels[1] is "{label}", a label that slogen sets itself\n'
        "  allowed: labels that no rule sets, such as replica\n"
        "  remedy: let the server add a label of another name"
    )


def test_thanos_refuses_a_label_of_the_identity() -> None:
    """Rules look for the value that the settings give, and the ruler would record its own."""
    prod = Settings(identity={"cluster": "prod"})

    with pytest.raises(InvalidValue, match="identity of shop-a") as caught:
        slo(settings=prod).render(Thanos(external_labels=["cluster"]))

    assert str(caught.value) == (
        'identity of shop-a is "cluster", which Thanos Ruler sets itself (external_labels)\n'
        "  allowed: labels that the ruler leaves as they are\n"
        "  remedy: remove the label from the ruler: identity puts it on all that is recorded"
    )
    assert slo(settings=prod).render(Thanos(external_labels=["replica"]))


@pytest.mark.parametrize("what", ["avg", "count", "stddev", "stdvar", "sum"])
def test_vmalert_refuses_functions_of_native_histograms(what: str) -> None:
    """Such a query is refused when it is built, not when vmalert is restarted or has no data."""
    sli = TimeSlices(query=f"max(histogram_{what}(rpc_seconds))", good_when="<= 1")
    service = Service("shop", settings=Settings(prometheus="3.5"))
    built = build(SLO(service=service, name="a", objective="99%", window="30d", sli=sli))

    with pytest.raises(
        InvalidValue, match=rf"^a query of shop-a is one that calls histogram_{what}"
    ):
        built.render("victoriametrics")
    assert built.render("prometheus")


def test_vmalert_refuses_a_native_histogram() -> None:
    """VictoriaMetrics stores none; the argument is what is pointed at."""
    sli = Latency(histogram="rpc_seconds", under="2ms", native=True)

    with pytest.raises(InvalidValue, match=r"^Latency\.native is true in shop-a\n  allowed: cla"):
        slo(sli=sli).render(VictoriaMetrics())


def test_vmalert_refuses_a_placeholder_of_its_own() -> None:
    """It would put a variable of its environment there; slogen's own templates are no such text."""
    assert slo(description="100 % {done}").render(VictoriaMetrics())
    with pytest.raises(InvalidValue, match=r"^a text of shop-a is one that holds %\{HOME\}\n"):
        slo(description="see %{HOME}").render(VictoriaMetricsOperator())


def test_vmalert_refuses_an_offset_that_cannot_be() -> None:
    """It has to be within every interval, and no delay can stand beside it."""
    late = rules(GROUPS, query_offset="1m", prometheus="3.5")

    with pytest.raises(InvalidValue, match=r"is 30s, and groups of shop-a run every 30s\n"):
        slo().render(VictoriaMetrics(eval_offset="30s"))
    with pytest.raises(InvalidValue, match=r"has a query_offset of 1m\n  allowed: one of the two"):
        late.render(VictoriaMetrics(eval_offset="5s"))
    with pytest.raises(InvalidValue, match=r"^eval_offset is 0s, and shop-\w+ has a query_offset"):
        late.render(VictoriaMetricsOperator(eval_offset="0s"))
    for tenant in ("shop", "7:", "4294967296", "1:4294967296", 7):
        with pytest.raises(InvalidValue, match=rf"tenant is '?{tenant}'?\n  allowed: an account"):
            VictoriaMetrics(tenant=tenant)  # type: ignore[arg-type]
    assert VictoriaMetrics(tenant="4294967295:0").tenant == "4294967295:0"


def test_an_offset_that_cannot_be_is_said_once() -> None:
    """The option is wrong, not each SLO: it has to fit the one that is evaluated most often."""
    often = Service("often", settings=Settings(scrape_interval="10s"))
    sli = Events(total=REQUESTS, bad=REQUESTS.where('code=~"5.."'))
    last = SLO(service=often, name="a", objective="99%", window="30d", sli=sli)

    with pytest.raises(InvalidValue, match=r"is 40s, and groups of often-a run every 10s\n"):
        build([*load(ERP), last]).render(VictoriaMetrics(eval_offset="40s"))


@pytest.mark.parametrize("target", [VictoriaMetrics, VictoriaMetricsOperator])
def test_an_offset_that_cannot_be_is_shown_where_it_is_written(target: type[Target]) -> None:
    """The option is what has to be changed, and it stands elsewhere than the SLO."""
    wrong = target(eval_offset="30s")  # type: ignore[call-arg]

    for built in (slo(), rules(GROUPS, query_offset="1m", prometheus="3.5")):
        with pytest.raises(InputError) as caught:
            built.render(wrong)
        faults = [fault.diagnostic for fault in caught.value.each()]
        assert {(one.origin, one.argument) for one in faults} == {(wrong.origin, "eval_offset")}


@pytest.mark.parametrize("wrong", ["0", 0, "0ms", "0d", "0m"])
def test_no_time_at_all_is_0s(wrong: Any) -> None:  # noqa: ANN401 (what a user may write)
    """Options that may be nothing say how that is written."""
    for make in (
        lambda: VictoriaMetrics(eval_offset=wrong),
        lambda: Mimir(ruler_evaluation_delay_duration=wrong),
        lambda: Prometheus(rule_query_offset=wrong),
    ):
        with pytest.raises(InvalidValue) as caught:
            make()
        assert str(caught.value).endswith(
            '  allowed: "0s", or a duration such as "30s", "5m", "1h30m" or "30d"\n'
            '  remedy: write "0s"'
        )


@ALL
def test_history_is_read_from_the_files(target: Target) -> None:
    """An edit that loses history is seen whichever ruler the files are for."""
    (file,) = slo().render(target)

    assert "shop-a" in histories(type(target).recording_rules(file.text, RECORDS))


@pytest.mark.parametrize(
    "target",
    [
        Mimir(source_tenants=["a", "b"]),
        Thanos(partial_response_strategy="warn"),
        VictoriaMetrics(tenant="7:1", eval_offset="5s"),
        VictoriaMetricsOperator(tenant="7"),
    ],
    ids=lambda target: target.name,
)
def test_rules_are_read_back_whatever_a_group_says_besides(target: Target) -> None:
    """A comparison of builds reads the rules of each SLO, also where its groups hold options."""
    built = slo()
    (file,) = built.render(target)

    texts = type(target).slo_texts(file.text)

    (rules,) = built.rules
    assert [group.rules for group in type(target).rule_groups(texts["shop-a"])] == [
        group.rules for group in rules.groups
    ]
