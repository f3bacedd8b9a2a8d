"""Targets whose files hold rules: one YAML document each, groups as Prometheus reads them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.errors import InputError, raise_all
from slogen.model import arguments
from slogen.plan.rulers import PROMETHEUS, Ruler, RulerLateness
from slogen.targets import kubernetes
from slogen.targets.built import by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.rule_groups import GroupWriter, query_offset
from slogen.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from slogen.plan.timing import Timing
    from slogen.rules import RecordingRule, RuleGroup
    from slogen.targets.built import Built, Layout


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class RuleTarget(Target):
    """A target whose files hold rules as YAML.

    Attributes:
        comments: Whether comments say what a reader of a rule cannot know.
    """

    holds_rules: ClassVar[bool] = True

    comments: bool = attrs.field(
        default=True,
        converter=kubernetes.switch,
        metadata={
            "help": "whether comments say what a reader of a rule cannot know; `true` unless given"
        },
    )

    @property
    def ruler(self) -> Ruler:
        """What runs the rules."""
        return PROMETHEUS

    @classmethod
    def recording_rules(cls, text: str, names: Collection[str]) -> tuple[RecordingRule, ...]:
        """Return the rules of a file that record series of some names."""
        from slogen.targets.reading import rules_of_yaml  # noqa: PLC0415 (start-up)

        return rules_of_yaml(text, names)

    @classmethod
    def slo_texts(cls, text: str) -> Mapping[str, str]:
        """Return the groups of each SLO, as they are written."""
        from slogen.targets.reading import slo_texts_of_yaml  # noqa: PLC0415 (start-up)

        return slo_texts_of_yaml(text)

    @classmethod
    def rule_groups(cls, text: str) -> tuple[RuleGroup, ...]:
        """Return the rule groups of an SLO."""
        from slogen.targets.reading import groups_of_yaml  # noqa: PLC0415 (start-up)

        return groups_of_yaml(text)

    def group_keys(self, group: RuleGroup) -> Mapping[str, str]:
        """Return the keys of a group beside its name, interval and rules, with their YAML."""
        return query_offset(group)

    def writer(self, indent: int = 2) -> GroupWriter:
        """Return what writes the groups of SLOs.

        Args:
            indent: How many spaces the dash of a group stands behind.
        """
        return GroupWriter(self.group_keys, indent, has_comments=self.comments)

    def faults(self, built: Iterable[Built], writer: GroupWriter) -> Iterable[InputError]:  # noqa: ARG002 (for rulers that refuse some)
        """Return why the ruler would refuse the rules of SLOs, or run them wrongly.

        Args:
            built: The SLOs.
            writer: What writes their groups.
        """
        return ()

    def head(self, slos: Iterable[Built]) -> Iterator[str]:
        """Yield how a file about some SLOs begins: what slogen says, and how late alerts are."""
        yield HEADER
        timings = {one.slo.timing for one in slos}
        if timings and (late := self.lateness(timings).words("slogen test says")):
            yield f"# {late}"

    def lateness(self, timings: Collection[Timing]) -> RulerLateness:
        """Return how much later than the plan alerts fire on its ruler.

        Args:
            timings: Those of the SLOs, of which there is one at least.
        """
        return RulerLateness.of(self.name, self.ruler, timings)


class RuleFileTarget(RuleTarget):
    """A target that writes rule files."""

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a rule file for each file of the layout.

        Raises:
            InputError: If the ruler would refuse rules, or run them wrongly.
            OutputError: If a name cannot be that of a file.
        """
        writer = self.writer()
        raise_all(list(self.faults(built, writer)))
        return tuple(
            File(f"{self.folder}/{self.file(name)}.yaml", partial(rule_file, self, writer, slos))
            for name, slos in by_file(built, layout).items()
        )

    def file(self, name: str) -> str:
        """Return what a file is called, without a suffix.

        Args:
            name: What its layout calls it.
        """
        return file_name(name)


def rule_file(target: RuleTarget, writer: GroupWriter, slos: tuple[Built, ...]) -> str:
    """Return the rule file of some SLOs."""
    return "\n".join((*target.head(slos), "groups:", *map(writer.text, slos))) + "\n"
