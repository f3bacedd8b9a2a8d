"""One file of Sloth, and the rules that both tools make of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from slogen import Settings, build, load
from tests.realtools.processes import run

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.naming import Naming

SPEC = """\
version: prometheus/v1
service: shop
slos:
  - name: availability
    objective: 98
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="shop",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="shop"}[{{.window}}]))
    alerting:
      name: ShopErrors
"""
WINDOWS = """\
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 1h
  page:
    quick: {errorBudgetPercent: 20, shortWindow: 2m, longWindow: 6m}
    slow: {errorBudgetPercent: 30, shortWindow: 3m, longWindow: 10m}
  ticket:
    quick: {errorBudgetPercent: 50, shortWindow: 5m, longWindow: 20m}
    slow: {errorBudgetPercent: 60, shortWindow: 10m, longWindow: 30m}
"""
SCRAPED_EVERY = "5s"
_SECONDS = 60


class NoSlothError(RuntimeError):
    """Sloth is not at hand, or made no rules."""


def definitions(folder: Path) -> Path:
    """Write the files of Sloth into a folder, and return it."""
    made = folder / "sloth"
    made.mkdir()
    (made / "shop.yml").write_text(SPEC)
    (made / "windows.yml").write_text(WINDOWS)
    return made


def of_sloth(folder: Path, program: str) -> Path:
    """Return the rules that Sloth itself makes.

    Raises:
        NoSlothError: If the program is not there, or refuses.
    """
    found = shutil.which(program)
    if found is None:
        raise NoSlothError(f"{program}: not found")
    windows, out = folder / "periods", folder / "old.yaml"
    windows.mkdir()
    (windows / "1h.yml").write_text(WINDOWS)
    (folder / "shop.yml").write_text(SPEC)
    outcome = run(
        *(found, "generate", "-i", folder / "shop.yml", "-o", out),
        *("--slo-period-windows-path", windows, "--default-slo-period", "1h"),
        seconds=_SECONDS,
    )
    if outcome.code:
        raise NoSlothError(outcome.output)
    return out


def of_slogen(source: Path, out: Path, naming: Naming | None = None) -> Path:
    """Return the rules that slogen makes of Sloth's files."""
    settings = Settings(scrape_interval=SCRAPED_EVERY, naming=naming)
    build(load(source), settings).write(out, layout="service")
    return out / "prometheus" / "shop.yaml"
