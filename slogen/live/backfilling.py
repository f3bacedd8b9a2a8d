"""From a Prometheus and definitions to what their rules would have recorded, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.live.filling.writing import filled
from slogen.live.readings import Fleet
from slogen.live.reporting import moment
from slogen.model.settings import settings_of
from slogen.plan import resolve
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from slogen.live.client import Prometheus
    from slogen.live.filling.results import Backfill
    from slogen.model import SLO, Settings

_SHORTEST, _LONGEST = Duration("1h"), Duration("400d")


def backfill(  # noqa: PLR0913 (all but three have to be named)
    prometheus: Prometheus,
    slos: SLO | Iterable[SLO],
    settings: Settings | None = None,
    *,
    out: Path | str,
    at: datetime | None = None,
    length: Duration | str | None = None,
    all_samples: bool = False,
) -> Backfill:
    """Write what the rules of SLOs would have recorded before they began to, as OpenMetrics.

    The expressions of the base series are evaluated over raw series, and hours are made of that.
    SLOs whose rules began less than four hours ago, or not yet, are left out; `FilledSLO.state`
    says so.

    Args:
        prometheus: Who is asked.
        slos: The SLOs.
        settings: The settings that they are built with.
        out: The file, which must not exist. It is there whole, or not at all.
        at: The moment that is now, with a time zone; now unless given.
        length: How far back it goes: from 1h to 400d; the window of each SLO and a day more unless
            given.
        all_samples: Whether base series are written for all of the time, and not only for the 6h
            that the rules read.

    Raises:
        InputError: If the SLOs cannot be built or count moments without data as bad, the moment
            has not come yet, or the length is none.
        OutputError: If the file cannot be written.
        ServerError: If there is no answer that can be used.
    """
    chosen = Duration(length) if isinstance(length, str) else length
    if chosen is not None and not _SHORTEST <= chosen <= _LONGEST:
        raise InvalidValue("length", str(chosen), f"from {_SHORTEST} to {_LONGEST}")
    plans = resolve(slos, settings_of(settings))
    fleet = Fleet(prometheus=prometheus, slos=plans, at=moment(at))
    return filled(fleet, chosen, Path(out), all_samples=all_samples)
