"""A diff as text, as Markdown and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from slogen import AlertPolicy, Events, Tier, Up, review
from slogen.review import diff
from slogen.review.comparison.as_markdown import MOST
from slogen.review.comparison.changes import Diff, Unread
from slogen.review.comparison.sentences import paragraphs, summary
from tests import golden_cases
from tests.review.comparison.samples import REQUESTS, built, slo
from tests.review.comparison.test_diff import Variant, variants

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "diff.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text()))
NOTHING = Diff(slos=(), before=3, after=3)


def between(objectives: Iterable[str]) -> Diff:
    """Return the diff of SLOs whose objectives become these."""
    names = [(f"s{number}", objective) for number, objective in enumerate(objectives)]
    old, new = (
        built(*(slo(name=name, id=name, objective=chosen) for name, chosen in side))
        for side in ([(name, "99.9%") for name, _ in names], names)
    )
    return diff(old, new)


def test_the_history_is_said_in_all_forms() -> None:
    """Another quantity, another identity: what happens, and what to do."""
    found = diff(built(), built(identity={"env": "prod"}))

    (shape,) = json.loads(found.json())["slos"]
    assert shape["history"][0]["verdict"] == "lost"
    assert "  history is lost: the rules do not find what was recorded: all windows" in str(found)
    assert "- history is lost: the rules do not find" in found.markdown()


def test_a_long_value_is_cut_in_a_comment() -> None:
    """Nobody reads a query of thousands of characters there."""
    markdown = diff(built(), built(description="x" * 5_000)).markdown()

    assert f"`{'x' * 1_000}...`" in markdown


def test_the_room_of_reviews_has_two_names() -> None:
    """What is imported from it is imported when it is asked for."""
    assert review.Diff is Diff
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        review.nothing  # noqa: B018 (it is asked for)


def test_nothing_is_said_of_nothing() -> None:
    """A terminal stays empty; a comment says it, so that an old one can be replaced."""
    assert str(NOTHING) == ""
    assert NOTHING.markdown() == "### 3 SLOs: nothing changed\n"
    assert json.loads(NOTHING.json())["slos"] == []


def test_the_golden_document_is_of_the_schema() -> None:
    """The example that reviewers of this repository read is one, and has something of each sort."""
    _, text = (golden_cases.FOLDER / "diff-json" / "transcript.txt").read_text().split("\n", 1)
    document = json.loads(text[: text.rindex("}") + 1])

    VALIDATOR.validate(document)
    assert {slo["status"] for slo in document["slos"]} == {"added", "removed", "changed"}


def test_what_is_the_same_for_several_is_said_once() -> None:
    """SLOs of which the same is said share a paragraph; the first ids are named."""
    found = between(["99%"] * 5 + ["99.5%"])

    assert [paragraph.ids for paragraph in paragraphs(found)] == [
        ("s0", "s1", "s2", "s3", "s4"),
        ("s5",),
    ]
    assert str(found).startswith("5 SLOs: s0, s1, s2 and 2 more\n  objective: 99.9% -> 99%")
    assert "**5 SLOs**\n\n<details><summary>which</summary>\n\n- `s0`\n" in found.markdown()


def test_a_changed_objective_fits_on_a_screen() -> None:
    """A reviewer reads at most twenty lines: today's diff of the text has nine hundred."""
    found = str(between(["99.95%"]))

    assert len(found.splitlines()) <= 20


@pytest.mark.parametrize("amount", [1, 5])
def test_the_summary_counts(amount: int) -> None:
    """It says how many SLOs there are, and what became of them."""
    old = built(*(slo(name=f"s{n}", id=f"s{n}") for n in range(amount)))
    new = built(slo(name="s0", id="s0", objective="99%"), slo(name="b", id="b", sli=Up(gauge="up")))

    removed = f", {amount - 1} removed" if amount > 1 else ""
    assert summary(diff(old, new)) == f"2 SLOs: 1 changed, 1 added{removed}"


def test_what_was_not_read_is_said() -> None:
    """In every form: which file, which SLO, and why."""
    unread = (
        Unread(file="build/a.yaml", reason="slogen did not write it"),
        Unread(file="build/b.yaml", reason="not YAML", slo_id="b|c"),
    )
    found = Diff(slos=(), before=1, after=1, unread=unread)

    assert str(found) == (
        "not read: build/a.yaml: slogen did not write it\nnot read: build/b.yaml: b|c: not YAML\n"
    )
    assert "- not read: `build/b.yaml`, `b|c`: not YAML\n" in found.markdown()
    assert summary(found) == "1 SLO: 2 could not be read"
    VALIDATOR.validate(json.loads(found.json()))


def test_other_texts_of_alerts_are_said_once() -> None:
    """A user's own summary is the same for all alerts, whatever slogen's own texts were."""
    found = diff(built(), built(alerts=AlertPolicy(annotations={"summary": "mine\nand yours"})))

    assert str(found) == (
        "shop-availability\n"
        "  annotation summary of all 6 alerts: another text -> mine / and yours\n"
    )


def test_an_alert_among_others_of_its_name_is_named_by_its_tier() -> None:
    """Of two tiers that share a name only one may have changed."""
    first = Tier("page", long="1h", burn_rate=2)
    old, new = (
        built(
            alerts=AlertPolicy(
                tiers=[first, Tier("page", long="6h", burn_rate=2, keep_firing_for=kept)]
            )
        )
        for kept in ("1m", "2m")
    )

    assert str(diff(old, new)) == (
        "shop-availability\n  keep_firing_for of SLOBurnRatePage 2x over 6h/30m: 1m -> 2m\n"
    )


def test_a_comment_is_never_too_long() -> None:
    """GitHub refuses more than 65,536 characters: details are left out, and it says so."""
    long = "x" * 900
    old, new = (
        built(
            *(
                slo(
                    name=f"s{n}",
                    id=f"s{n}",
                    sli=Events(total=REQUESTS, bad=f'{long}_{n}{{a="{v}"}}'),
                )
                for n in range(60)
            )
        )
        for v in (1, 2)
    )

    markdown = diff(old, new).markdown()

    assert MOST - 5_000 < len(markdown) <= MOST
    assert re.search(r"_\d+ of 60 changes are left out: a comment holds no more._\n$", markdown)


@pytest.mark.parametrize(
    "value", ["`a`", "a``b", "@everyone", "<script>", "a|b", "[x](y)", "*x* _y_", " a `` b ` "]
)
def test_no_text_of_a_user_is_markup(value: str) -> None:
    """Whatever an owner is called, it stands as code in a comment, and notifies nobody."""
    markdown = diff(built(), built(service_owner=value)).markdown()

    line = next(line for line in markdown.splitlines() if line.startswith("- owner: "))
    fence = re.search(r"→ \*\*(`+)", line)
    assert fence is not None
    assert f"{fence[1]} " in line or "`" not in value
    inside = line.split(f"**{fence[1]}")[1].split(f"{fence[1]}**")[0].strip()
    assert inside == value.strip()


def test_a_terminal_is_not_steered() -> None:
    """Characters of files that do not print are escaped, and values stay on their lines."""
    unread = (Unread(file="a\x1b[1m.yaml", reason="torn"),)
    found = Diff(slos=(), before=1, after=1, unread=unread)

    assert str(found) == "not read: a\\x1b[1m.yaml: torn\n"
    assert "\x1b" not in found.markdown()
    assert str(diff(built(), built(description="two\nlines"))) == (
        "shop-availability\n  description: none -> two\\nlines\n"
    )


@settings(max_examples=40, deadline=None)
@given(variants(), variants(), st.booleans())
def test_every_diff_has_all_forms(one: Variant, other: Variant, is_new: bool) -> None:  # noqa: FBT001
    """JSON is of the schema, Markdown closes what it folds, and text has no empty lines."""
    new = other.rules if not is_new else built(sli=Up(gauge="up"), id="another")
    found = diff(one.rules, new)

    VALIDATOR.validate(json.loads(found.json()))
    markdown, text = found.markdown(), str(found)
    assert markdown.count("<details>") == markdown.count("</details>")
    assert "" not in text.split("\n")[:-1]
    assert bool(text) is not found.is_empty
