"""From a Prometheus and definitions to what their alerts would have done."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.live.readings import Fleet
from slogen.live.replay.extra import need_numpy
from slogen.live.reporting import moment
from slogen.model.settings import settings_of
from slogen.plan import resolve
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from slogen.live.client import Prometheus
    from slogen.live.replay.results import Backtest, Incident
    from slogen.model import SLO, Settings

_SHORTEST, _LONGEST = Duration("1h"), Duration("400d")
_OTHERS = "before"


def backtest(  # noqa: PLR0913 (all but three have to be named)
    prometheus: Prometheus,
    slos: SLO | Iterable[SLO],
    settings: Settings | None = None,
    *,
    at: datetime | None = None,
    length: Duration | str = "30d",
    incidents: Iterable[Incident] | None = None,
    timezone: tzinfo = UTC,
    raw: bool = False,
    against: SLO | Iterable[SLO] | None = None,
) -> Backtest:
    """Return what the burn-rate alerts of SLOs would have done over what was counted.

    Where the rules recorded nothing of an SLO, their expressions are evaluated over raw series.

    Args:
        prometheus: Who is asked.
        slos: The SLOs.
        settings: The settings that they are built with.
        at: The end of the time that is replayed, with a time zone; now unless given.
        length: How long it is: from 1h to 400d.
        incidents: When the service was bad; None if nobody says so, and nothing is judged.
        timezone: Where those live who are paged: a night is from 22 to 7 there.
        raw: Whether raw series are read, also where the rules recorded something.
        against: Other definitions of the SLOs, with the same settings, which are replayed over the
            same counts.

    Raises:
        InputError: If the SLOs cannot be built or are of a kind that is not replayed, the moment
            has not come yet, or the length is none.
        ServerError: If there is no answer that can be used.
        ToolMissing: If the extra ``slogen[history]`` is not installed.
    """
    need_numpy()
    from slogen.live.replay.backtesting import Others, backtested  # noqa: PLC0415 (numpy)

    chosen = Duration(length) if isinstance(length, str) else length
    if not _SHORTEST <= chosen <= _LONGEST:
        raise InvalidValue("length", str(chosen), f"from {_SHORTEST} to {_LONGEST}")
    effective = settings_of(settings)
    return backtested(
        Fleet(prometheus=prometheus, slos=resolve(slos, effective), at=moment(at)),
        chosen,
        incidents=None if incidents is None else tuple(incidents),
        zone=timezone,
        raw=raw,
        others=None if against is None else Others(_OTHERS, resolve(against, effective)),
    )
