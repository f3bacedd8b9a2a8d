"""What a target is: its name, what it is for, its options, and the files that it gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen.source import Origin, caller

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from slogen.diagnostics import Diagnostic
    from slogen.rules import RecordingRule, RuleGroup
    from slogen.targets.built import Built, Layout
    from slogen.targets.files import File


@attrs.frozen(kw_only=True)
class Target(ABC):
    """A kind of files that slogen writes.

    Each subclass stands in a module of its own and in `slogen.targets.TARGETS`. Its options are
    attrs fields, each with a default, a converter that refuses what is wrong, and a ``help`` in its
    metadata, without which a project file does not take it. A module imports what is slow inside of
    its functions: a name alone must not cost it.

    Attributes:
        name: What ``--target`` and the project file call it.
        help: What its files are, in a few words.
        holds_rules: Whether they hold rules, which can be read back.
        origin: Where it was written down.
    """

    name: ClassVar[str]
    help: ClassVar[str]
    holds_rules: ClassVar[bool] = False

    origin: Origin | None = attrs.field(factory=caller, eq=False, repr=False)

    @property
    def folder(self) -> str:
        """The folder below the output folder that holds its files."""
        return self.name

    @classmethod
    def options(cls) -> Mapping[str, str]:
        """Return what each option means by its name: its keys in the project file."""
        fields = (field for field in attrs.fields(cls) if "help" in field.metadata)
        return {field.name: field.metadata["help"] for field in fields}

    @classmethod
    def recording_rules(cls, text: str, names: Collection[str]) -> Iterable[RecordingRule]:  # noqa: ARG003 (for those that hold rules)
        """Return the rules of one of its files that record series of some names.

        The file may be of any age and in any state: what cannot be read is passed over. A target
        whose files hold no rules has none.
        """
        return ()

    @classmethod
    def slo_texts(cls, text: str) -> Mapping[str, str]:  # noqa: ARG003 (for those that hold rules)
        """Return what one of its files holds of each SLO, by its id; nothing if that is no rules.

        The file may be of any age and in any state.
        """
        return {}

    @classmethod
    def rule_groups(cls, text: str) -> tuple[RuleGroup, ...]:  # noqa: ARG003 (for those that hold rules)
        """Return the rule groups in what `slo_texts` gave.

        Raises:
            UnreadRules: If they are anything that slogen does not write.
        """
        return ()

    @classmethod
    def slo_ids(cls, text: str) -> Collection[str]:
        """Return the ids of the SLOs that one of its files is about, as far as the file says it.

        The file may be of any age and in any state.
        """
        return cls.slo_texts(text).keys()

    def findings(self, built: tuple[Built, ...], layout: Layout) -> Iterable[Diagnostic]:  # noqa: ARG002 (for those that have some)
        """Return what there is to say about what this target makes of the rules.

        The arguments are those of `render`.
        """
        return ()

    @abstractmethod
    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return the files; large ones are rendered when their texts are asked for.

        Args:
            built: The SLOs and their rules.
            layout: What a file of rules holds.

        Raises:
            InputError: If what reads the files cannot run the rules of an SLO.
            OutputError: If a name cannot be that of a file.
            ToolMissing: If a library is missing that the target needs.
        """
