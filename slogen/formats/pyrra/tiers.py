"""The four burn-rate alerts that Pyrra makes of every SLO.

Source: Pyrra's ``slo/rules.go``: windows for 28 days, which grow and shrink with the SLO's window
and are rounded to minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from slogen.model import Severity
from slogen.units import Duration, clock, number

if TYPE_CHECKING:
    from decimal import Decimal

    from slogen.model import Objective, Window

_DAYS = 28
_MINUTE = Duration("1m").milliseconds
_UNITS = (("y", "365d"), ("w", "7d"), ("d", "1d"), ("h", "1h"), ("m", "1m"), ("s", "1s"))
_MEANT: dict[str, Severity] = {
    **dict.fromkeys(("critical", "page"), "page"),
    **dict.fromkeys(("warning", "ticket"), "ticket"),
    **dict.fromkeys(("info", "none"), "info"),
}
"""What words for severities mean that are known in the field."""
_PRESETS = (
    ("14d", "14.4x over 1h/5m, 6x over 6h/30m, 3x over 1d/2h, 1x over 3d/6h"),
    ("3d", "14.4x over 1h/5m, 6x over 6h/30m, 2x over 1d/2h"),
    ("12h1ms", "12x over 30m/5m, 4x over 3h/15m, 2x over 6h/30m"),
    ("1h", "6x over a 24th of it, 2x over a quarter"),
)
"""From which window on slogen has which tiers, in words; a test compares them with the tiers."""
CRITICAL, WARNING = "critical", "warning"
"""The words that Pyrra has unless a file says others."""


@attrs.frozen(kw_only=True)
class PyrraTier:
    """A burn-rate alert.

    Attributes:
        key: What severities call it in a file.
        usual: Who is told unless a file says another word than those that are known.
        word: Pyrra's word for its severity.
        factor: The burn rate.
        long: The long window.
        short: The short window.
        waits: For how long both windows have to be above the burn rate.
    """

    key: str
    usual: Severity
    word: str
    factor: int
    long: Duration
    short: Duration
    waits: Duration

    @property
    def described(self) -> str:
        """The burn rate and its windows, in words."""
        return f"{self.factor}x over {clock(self.long)}/{clock(self.short)} for {clock(self.waits)}"


def tiers_of(window: Window) -> tuple[PyrraTier, ...]:
    """Return the alerts of an SLO with a window.

    >>> from slogen.model import Window
    >>> [tier.described for tier in tiers_of(Window("28d"))][:2]
    ['14x over 1h/5m for 2m', '7x over 6h/30m for 15m']
    >>> str(tiers_of(Window("2w"))[0].short)
    '3m'
    """
    rows = (
        ("fastBurn", "page", CRITICAL, 14, 60, 5, 2),
        ("mediumBurn", "page", CRITICAL, 7, 360, 30, 15),
        ("slowBurn", "ticket", WARNING, 2, 1440, 120, 60),
        ("longTermBurn", "ticket", WARNING, 1, 5760, 360, 180),
    )

    def scaled(minutes: int) -> Duration:
        """Return minutes of 28 days as those of the window; half a minute is rounded up."""
        exact = window.days * minutes / _DAYS
        whole = int(exact + exact.__class__("0.5"))
        return Duration.of_milliseconds(whole * _MINUTE) if whole else Duration.zero()

    return tuple(
        PyrraTier(
            key=key,
            usual=usual,  # type: ignore[arg-type]
            word=word,
            factor=factor,
            long=scaled(long),
            short=scaled(short),
            waits=scaled(waits),
        )
        for key, usual, word, factor, long, short, waits in rows
    )


def preset_in_words(window: Window) -> str:
    """Return the tiers that slogen has for a window.

    >>> from slogen.model import Window
    >>> preset_in_words(Window("7d"))
    '14.4x over 1h/5m, 6x over 6h/30m, 2x over 1d/2h'
    """
    return next(text for least, text in _PRESETS if window.length >= Duration(least))


def severity_of(word: str, usual: Severity) -> Severity:
    """Return what a word for a severity means; what is usual where nobody knows the word."""
    return _MEANT.get(word.lower(), usual)


def absent_after(objective: Objective, fastest: PyrraTier) -> Duration:
    """Return how long a metric has to be absent before Pyrra's alert on it fires.

    >>> from slogen.model import Objective, Window
    >>> str(absent_after(Objective("99.9%"), tiers_of(Window("28d"))[0]))
    '3m'
    """
    burnt: Decimal = fastest.factor * objective.budget * fastest.long.milliseconds
    minutes = int((burnt + fastest.waits.milliseconds) / _MINUTE + burnt.__class__("0.5"))
    return Duration.of_milliseconds(max(minutes, 1) * _MINUTE)


def spelled(window: Window) -> str:
    """Return a window as Prometheus' own Go code spells it, in the names of Pyrra's series.

    >>> from slogen.model import Window
    >>> spelled(Window("28d")), spelled(Window("30d")), spelled(Window("36h"))
    ('4w', '30d', '1d12h')
    """
    rest, text = window.length.milliseconds, ""
    for unit, size in _UNITS:
        whole = Duration(size).milliseconds
        if unit in {"y", "w"} and rest % whole:
            continue
        amount, rest = divmod(rest, whole)
        text += f"{number(amount)}{unit}" if amount else ""
    return text
