"""What a diff holds: what changed in the meaning of SLOs, and what that does to their alerts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import attrs

from slogen.plan import TimeRange
from slogen.review.comparison.facts import AlertFacts, SLOFacts
from slogen.review.comparison.history import HistoryBreak

Status = Literal["added", "removed", "changed"]


@attrs.frozen(kw_only=True)
class Change:
    """Something that an SLO or an alert says differently.

    Attributes:
        field: What it is, such as ``objective``, ``label channel`` or ``keep_firing_for``.
        before: What it was; the empty text where there was none.
        after: What it is; the empty text where there is none.
    """

    field: str
    before: str
    after: str


@attrs.frozen(kw_only=True)
class Detection:
    """How soon a tier's alert fires at a constant error ratio, before and after.

    Attributes:
        ratio: The error ratio, in words: a percentage.
        before: The time; None where the alert did not fire for it.
        after: The time; None where it does not.
    """

    ratio: str
    before: TimeRange | None
    after: TimeRange | None


@attrs.frozen(kw_only=True)
class AlertChange:
    """What changed about an alert of an SLO.

    Attributes:
        status: Whether it is new, gone, or there on both sides.
        before: What it was; None if it is new.
        after: What it is; None if it is gone.
        changes: What it says differently.
        above: The error ratio above which it fires, before and after; empty texts where it has
            none, or where both are the same.
        detections: How soon a tier fires, where that is known and changes.
    """

    status: Status
    before: AlertFacts | None
    after: AlertFacts | None
    changes: tuple[Change, ...] = ()
    above: tuple[str, str] = ("", "")
    detections: tuple[Detection, ...] = ()

    @property
    def alert(self) -> AlertFacts:
        """What it is; what it was, if it is gone."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 (an alert is on one side at least)
        return found

    @property
    def pace(self) -> Literal["sooner", "later", ""]:
        """Whether it fires sooner or later than before; the empty text where neither is so."""
        signs = {sign for detection in self.detections for sign in _signs(detection)} - {0}
        if not self.detections and all(self.above):
            before, after = (Decimal(above.removesuffix("%")) for above in self.above)
            signs = {(after > before) - (after < before)}
        if signs == {-1}:
            return "sooner"
        return "later" if signs == {1} else ""


def _signs(detection: Detection) -> tuple[int, ...]:
    """Return whether times became shorter (-1), longer (1) or stayed (0)."""
    before, after = detection.before, detection.after
    if before is None or after is None:
        return (((before is not None) - (after is not None)),)
    pairs = ((before.earliest, after.earliest), (before.latest, after.latest))
    return tuple((new > old) - (new < old) for old, new in pairs)


@attrs.frozen(kw_only=True)
class SLOChange:
    """What changed about an SLO.

    Attributes:
        status: Whether it is new, gone, or there on both sides.
        before: What it was; None if it is new.
        after: What it is; None if it is gone.
        changes: What it says differently.
        alerts: What changed about its alerts.
        history: What becomes of what was recorded.
        other_rules: Rules that differ in a way that nothing of the above explains.
        not_compared: What could not be read on one side, in words.
    """

    status: Status
    before: SLOFacts | None
    after: SLOFacts | None
    changes: tuple[Change, ...] = ()
    alerts: tuple[AlertChange, ...] = ()
    history: tuple[HistoryBreak, ...] = ()
    other_rules: tuple[str, ...] = ()
    not_compared: tuple[str, ...] = ()

    @property
    def slo(self) -> SLOFacts:
        """What it is; what it was, if it is gone."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 (an SLO is on one side at least)
        return found

    @property
    def sides(self) -> tuple[SLOFacts, SLOFacts]:
        """What it was and what it is, of an SLO that is there on both sides."""
        assert self.before is not None  # noqa: S101 (whoever asks has looked at the status)
        assert self.after is not None  # noqa: S101
        return self.before, self.after

    @property
    def id(self) -> str:
        """Its id."""
        return self.slo.id

    @property
    def previous_id(self) -> str:
        """The id that it had, if that is another one; else the empty text."""
        is_renamed = self.before and self.after and self.before.id != self.after.id
        return self.before.id if self.before and is_renamed else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, as far as both sides can be read."""
        said = self.changes or self.alerts or self.history or self.other_rules
        return self.status == "changed" and not self.previous_id and not said


@attrs.frozen(kw_only=True)
class Unread:
    """Something of built output whose meaning could not be read.

    Attributes:
        file: The file, as a person would type it.
        reason: Why, in a clause.
        slo_id: The SLO that it is about; the empty text where it is about the file.
    """

    file: str
    reason: str
    slo_id: str = ""


@attrs.frozen(kw_only=True)
class Diff:
    """What changed in the meaning of SLOs.

    Attributes:
        slos: The SLOs that changed, sorted by id.
        before: How many there were.
        after: How many there are.
        unread: What could not be read.
    """

    slos: tuple[SLOChange, ...]
    before: int
    after: int
    unread: tuple[Unread, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, as far as all could be read."""
        return not self.slos

    def __str__(self) -> str:
        """Return it as text for a terminal."""
        from slogen.review.comparison.as_text import as_text  # noqa: PLC0415 (it reads this module)

        return as_text(self)

    def markdown(self) -> str:
        """Return it as Markdown for a comment on a pull request, with details folded."""
        from slogen.review.comparison.as_markdown import as_markdown  # noqa: PLC0415 (it reads this module)

        return as_markdown(self)

    def json(self) -> str:
        """Return it as JSON, whose shape is versioned."""
        from slogen.review.comparison.as_json import as_json  # noqa: PLC0415 (it reads this module)

        return as_json(self)
