"""The table of targets, and what the docs and the command line make of it."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from slogen import SLO, Up, build
from slogen.errors import InvalidValue
from slogen.targets import TARGETS, target_class
from slogen.targets.grafana_configmap import GrafanaConfigMap
from slogen.targets.target import Target
from tests.golden_cases import ROOT

PAGE = ROOT / "docs" / "reference" / "project.md"
HEAD = "| target | writes | option | what the option is |\n| --- | --- | --- | --- |\n"
RULES = build(SLO(service="s", name="n", objective="9%", window="1d", sli=Up(gauge="up")))


def table() -> str:
    """Return the table of targets as the docs hold it."""
    rows = []
    for name in TARGETS:
        cls = target_class(name)
        first = f"| `{name}` | {cls.help} |"
        for option, text in cls.options().items() or (("", ""),):
            rows.append(f"{first} {f'`{option}`' if option else ''} | {text} |".replace("  ", " "))
            first = "| | |"
    return HEAD + "".join(f"{row}\n" for row in rows)


def test_the_docs_list_every_target_and_option(request: pytest.FixtureRequest) -> None:
    """The table of the reference is made from the targets."""
    text = PAGE.read_text()
    found = re.search(re.escape(HEAD) + r"(?:\|.*\n)*", text)
    assert found is not None
    if request.config.getoption("--rewrite-goldens"):
        PAGE.write_text(text.replace(found[0], table()))

    assert table() in PAGE.read_text()


def test_the_table_is_sorted() -> None:
    """Help and docs list the targets in the order of their names."""
    assert list(TARGETS) == sorted(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_a_name_stands_for_a_target_with_its_defaults(name: str) -> None:
    """Each class has the name of its line and needs no argument, and writes below its folder."""
    cls = target_class(name)
    target = cls()

    files = RULES.render(target)

    assert issubclass(cls, Target)
    assert (target.name, target.folder) == (name, name)
    assert files == RULES.render(name)
    assert all(file.path.startswith(f"{target.folder}/") for file in files)


@pytest.mark.parametrize("name", TARGETS)
def test_each_option_can_be_refused_and_is_explained(name: str) -> None:
    """An option has a help for the docs, and a converter that names it in what it refuses."""
    for option in target_class(name).options():
        with pytest.raises(InvalidValue, match=rf"^{target_class(name).__name__}\.{option} is "):
            target_class(name)(**{option: object()})  # type: ignore[arg-type]


def test_every_module_of_a_target_is_in_the_table() -> None:
    """A target that the table lacks would be a module that nobody can use."""
    bases = r"(?:\w+, )?(?:Dashboard|Rule|RuleFile|RuleResource)?Target"
    classes = {
        line.split("(")[0].removeprefix("class ")
        for file in (ROOT / "slogen" / "targets").glob("*.py")
        for line in file.read_text().splitlines()
        if re.fullmatch(rf"class \w+\({bases}\):", line)
    }

    kinds = ("Dashboard", "Rule", "RuleFile", "RuleResource", "PrometheusRuler", "Vmalert")
    shared = {f"{kind}Target" for kind in kinds}
    assert classes - shared == {target_class(name).__name__ for name in TARGETS}


def test_objects_and_names_can_be_mixed(tmp_path: Path) -> None:
    """A target with options is written beside one with its defaults."""
    RULES.write(tmp_path, ["json", GrafanaConfigMap(namespace="monitoring")])

    assert {path.name for path in tmp_path.iterdir()} == {
        "json",
        "grafana-configmap",
        "slogen.manifest",
    }


def test_a_target_is_written_once(tmp_path: Path) -> None:
    """The same target twice is one; with other options it would write the same files anew."""
    same = [GrafanaConfigMap(namespace="a"), GrafanaConfigMap(namespace="a")]
    other: list[str | Target] = ["grafana-configmap", GrafanaConfigMap(namespace="a")]

    assert RULES.pending(tmp_path, same) == RULES.pending(tmp_path, same[:1])
    with pytest.raises(InvalidValue, match=r'^targets is "grafana-configmap" twice') as caught:
        RULES.write(tmp_path, other)
    assert caught.value.position is not None
    assert __file__.endswith(caught.value.position.file)


def test_a_wrong_option_is_underlined_in_the_script() -> None:
    """The argument of the call is what the fault points at."""
    with pytest.raises(InvalidValue, match=r"is \'No\'\n  allowed: at most 63 of a-z") as caught:
        GrafanaConfigMap(
            namespace="No",
        )

    place = caught.value.position
    assert place is not None
    assert Path(__file__).read_text().splitlines()[place.line - 1].strip() == 'namespace="No",'


def test_a_target_is_frozen() -> None:
    """Its options stay what was checked."""
    target = GrafanaConfigMap()

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        target.namespace = "x"  # type: ignore[misc]
