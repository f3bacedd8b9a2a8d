"""What earlier builds wrote is read as the rules of SLOs, or it is said why not."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slogen.errors import InputError, UnreadableFile
from slogen.targets.json_ir import JSON
from slogen.targets.output import TEMPORARY, Change
from slogen.targets.prometheus import Prometheus
from slogen.targets.reading import UnreadRules
from slogen.targets.written import is_output, replaced_rules, written_rules
from tests.review.comparison.samples import built, slo
from tests.targets.samples import built as built_of_group
from tests.targets.strategies import GROUPS

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.rules import RuleGroup
    from slogen.targets.target import Target

TARGETS = pytest.mark.parametrize("target", [Prometheus(), JSON()], ids=lambda one: one.name)
TWO = built(slo(), slo(name="b", id="b: 'c' \"d\""))


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the change of the only rule file, as ``build --check`` has it."""
    return (Change("prometheus/shop-availability.yaml", before, after),)


def rule_file() -> str:
    """Return the rule file of two SLOs."""
    (file,) = TWO.render("prometheus", "service")
    return file.text


@TARGETS
@given(group=GROUPS, named=st.sampled_from(["x", "a: b", "é'\"", "yes", "1", "a:fast"]))
def test_groups_are_read_as_they_were_written(target: Target, group: RuleGroup, named: str) -> None:
    """Whatever texts rules hold, each comes back; the id is that of the group's name."""
    one = built_of_group(
        type(group)(
            name=f"slogen:{named}:fast",
            interval=group.interval,
            query_offset=group.query_offset,
            rules=group.rules,
        ),
        slo_id=named,
    )
    (file,) = target.render((one,), "service")

    texts = target.slo_texts(file.text)

    assert list(texts) == [named]
    (read,) = target.rule_groups(texts[named])
    assert read == one.rules.groups[0]


@TARGETS
def test_each_slo_has_its_groups(target: Target) -> None:
    """Odd ids are told apart, and the groups of one SLO stay together."""
    (file,) = TWO.render(target, "service")

    for (slo_id, text), one in zip(target.slo_texts(file.text).items(), TWO.rules, strict=True):
        assert slo_id == one.slo_id
        assert target.rule_groups(text) == one.groups


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n  - name", "\n\n  - name"),
        lambda text: "# mine\n" + text,
        lambda text: text.replace("\n  ", "\n    "),
    ],
    ids=["windows", "blank-lines", "comment", "indented"],
)
def test_where_rules_stand_is_all_the_same(change: object) -> None:
    """Ends of lines, indentation and what stands around rules do not count."""
    assert callable(change)
    texts = Prometheus.slo_texts(change(rule_file()))

    assert [Prometheus.rule_groups(text) for text in texts.values()] == [
        one.groups for one in TWO.rules
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    interval: 30s", "    interval: soon", "Duration is"),
        ("    rules:", "    limit: 3\n    rules:", 'the key "limit", which slogen does not write'),
        ("        expr:", "        exp:", 'the key "exp", which slogen does not write'),
        ("    rules:", "    rules: [", "not YAML"),
        ("    interval: 30s\n", "", "it is not as slogen writes it"),
        ("    rules:\n", "    rules: 3\n    query_offset:\n", "it is not as slogen writes it"),
    ],
    ids=["duration", "group-key", "rule-key", "syntax", "missing", "shape"],
)
def test_it_is_said_why_rules_cannot_be_read(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    """Of each SLO whose rules are anything else than slogen writes; the other one is read."""
    text = rule_file()
    head, second = (
        text[: text.index('  - name: "slogen:b')],
        text[text.index('  - name: "slogen:b') :],
    )
    file = tmp_path / "shop.yaml"
    file.write_text(head.replace(old, new) + second)

    found = written_rules(file).narrowed({})

    assert [one.slo_id for one in found.built] == ["b: 'c' \"d\""]
    (unread,) = found.unread
    assert (unread.file, unread.slo_id) == (str(file), "shop-availability")
    assert reason in unread.reason


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.integers(0, 3_000))
def test_no_file_ends_in_a_traceback(noise: str, place: int) -> None:
    """Whatever stands in a file, its rules are read or refused."""
    text = rule_file()
    for target, whole in ((Prometheus, text), (JSON, TWO.render("json", "service")[0].text)):
        torn = f"{whole[:place]}{noise}{whole[place + len(noise) :]}"
        for own in target.slo_texts(torn).values():
            with suppress(InputError):
                assert target.rule_groups(own) is not None


def test_json_that_is_no_output_holds_no_slos() -> None:
    """A file of others, or of another shape, has none."""
    for text in ("", "[]", "{}", '{"slos": 3}', '{"slos": [{"id": "x"}]}', "[" * 100_000):
        assert JSON.slo_texts(text) == {}
    with pytest.raises(UnreadRules, match="not as slogen writes it"):
        JSON.rule_groups("[3]")


def test_output_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    """A folder that a build wrote is told from definitions, and so is each part of it."""
    TWO.write(tmp_path / "out")
    (tmp_path / "slos").mkdir()
    (tmp_path / "slos/a.yaml").write_text("apiVersion: slogen/v1\n")

    places = [
        ".",
        "out",
        "out/prometheus",
        "out/prometheus/shop-availability.yaml",
        "slos",
        "slos/a.yaml",
        "no",
    ]
    assert [place for place in places if is_output(tmp_path / place)] == places[1:4]


def test_a_file_that_the_system_refuses_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says which; and before it is read, it is not taken for output."""
    TWO.write(tmp_path)

    def refuse(path: Path, *_arguments: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_text", refuse)
    monkeypatch.setattr("pathlib.Path.is_file", lambda path: path.suffix == ".yaml")
    with pytest.raises(UnreadableFile, match="cannot be read: Permission denied"):
        written_rules(tmp_path)

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert not is_output(tmp_path / "prometheus/shop-availability.yaml")


def test_rule_files_count_before_json(tmp_path: Path) -> None:
    """What a build wrote twice is read once."""
    TWO.write(tmp_path, ["json", "prometheus"])

    found = written_rules(tmp_path)

    assert {one.target for one in found.built} == {Prometheus}
    assert (len(found.built), found.unread) == (2, ())


def test_an_slo_in_two_files_is_said(tmp_path: Path) -> None:
    """The first one counts."""
    TWO.write(tmp_path, layout="service")
    file = tmp_path / "prometheus/shop.yaml"
    (tmp_path / "prometheus/copy.yaml").write_bytes(file.read_bytes())

    found = written_rules(tmp_path)

    assert {one.file.rpartition("/")[2] for one in found.built} == {"copy.yaml"}
    assert {entry.reason for entry in found.unread} == {"it stands in another file as well"}


def test_a_build_replaces_what_differs_alone() -> None:
    """SLOs whose groups are the same before and after are not read at all."""
    text = rule_file()
    before, built_now = replaced_rules(
        changes(text.replace("/ 0.001 > 14.4", "/ 0.001 > 9", 1), text), TWO.built
    )

    assert [one.slo_id for one in before.built] == ["shop-availability"]
    assert [one.slo_id for one in built_now] == ["shop-availability"]


def test_files_without_rules_are_passed_over() -> None:
    """Dashboards, the manifest and what an interrupted build left have no SLOs."""
    text = rule_file()
    others = tuple(
        Change(path, text, None)
        for path in ("grafana/a.json", "slogen.manifest", f"prometheus/.a{TEMPORARY}")
    )

    before, built_now = replaced_rules(others, TWO.built)

    assert (before.built, before.unread, built_now) == ((), (), ())
