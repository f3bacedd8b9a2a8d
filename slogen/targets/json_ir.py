"""The intermediate representation as JSON: ``json/<id>.json``, for programs to read.

The shape is versioned: ``version`` goes up when a reader of the last one would misread the next.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.rules import AlertingRule
from slogen.targets.built import by_file
from slogen.targets.files import MARK, File, file_name
from slogen.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from slogen.rules import RecordingRule, Rule, RuleGroup
    from slogen.targets.built import Built, Layout
    from slogen.units import Duration

VERSION = 1


@attrs.frozen(kw_only=True)
class JSON(Target):
    """The rules as JSON."""

    name: ClassVar[str] = "json"
    holds_rules: ClassVar[bool] = True
    help: ClassVar[str] = "the rules as data, for programs"

    @classmethod
    def recording_rules(cls, text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
        """Return the rules of a file that record series of some names."""
        from slogen.targets.reading import rules_of_json  # noqa: PLC0415 (start-up)

        return rules_of_json(text, names)

    @classmethod
    def slo_texts(cls, text: str) -> Mapping[str, str]:
        """Return the groups of each SLO, as they are written."""
        from slogen.targets.reading import slo_texts_of_json  # noqa: PLC0415 (start-up)

        return slo_texts_of_json(text)

    @classmethod
    def rule_groups(cls, text: str) -> tuple[RuleGroup, ...]:
        """Return the rule groups of an SLO."""
        from slogen.targets.reading import groups_of_json  # noqa: PLC0415 (start-up)

        return groups_of_json(text)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a JSON file for each file of the layout."""
        return tuple(
            File(f"{self.folder}/{file_name(name)}.json", _text(slos))
            for name, slos in by_file(built, layout).items()
        )


def _text(slos: tuple[Built, ...]) -> str:
    content = {
        "$comment": MARK,
        "version": VERSION,
        "slos": [
            {
                "id": one.rules.slo_id,
                "service": one.rules.service,
                "groups": [_group(group) for group in one.rules.groups],
            }
            for one in slos
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _group(group: RuleGroup) -> dict[str, object]:
    shape: dict[str, object] = {"name": group.name, "interval": str(group.interval)}
    if group.query_offset:
        shape["query_offset"] = str(group.query_offset)
    shape["rules"] = [_rule(rule) for rule in group.rules]
    return shape


def _rule(rule: Rule) -> dict[str, object]:
    if not isinstance(rule, AlertingRule):
        return {"record": rule.record, "expr": rule.expr, "labels": dict(rule.labels)}
    shape: dict[str, object] = {"alert": rule.alert, "expr": rule.expr}
    shape.update(_spans(**{"for": rule.for_, "keep_firing_for": rule.keep_firing_for}))
    shape["labels"], shape["annotations"] = dict(rule.labels), dict(rule.annotations)
    return shape


def _spans(**durations: Duration | None) -> dict[str, object]:
    return {name: str(duration) for name, duration in durations.items() if duration}
