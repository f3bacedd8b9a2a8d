"""Targets whose files hold rules: one YAML document each, groups as Prometheus reads them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slogen.targets.built import by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.rule_groups import GroupWriter, query_offset
from slogen.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from slogen.rules import RecordingRule, RuleGroup
    from slogen.targets.built import Built, Layout


class RuleTarget(Target):
    """A target whose files hold rules as YAML."""

    @classmethod
    def recording_rules(cls, text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
        """Return the rules of a file that record series of some names."""
        from slogen.targets.reading import rules_of_yaml  # noqa: PLC0415 (start-up)

        return rules_of_yaml(text, names)

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group beside its name, interval and rules, with their YAML."""
        return query_offset(group)


class RuleFileTarget(RuleTarget):
    """A target that writes rule files."""

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a rule file for each file of the layout."""
        writer = GroupWriter(self.group_keys)
        return tuple(
            File(f"{self.folder}/{file_name(name)}.yaml", partial(rule_file, writer, slos))
            for name, slos in by_file(built, layout).items()
        )


def rule_file(writer: GroupWriter, slos: tuple[Built, ...]) -> str:
    """Return the rule file of some SLOs."""
    return "\n".join((HEADER, "groups:", *map(writer.text, slos))) + "\n"
