"""The reference page of the library, made from its entries."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import attrs

from slogen.formats.slogen_yaml.library import entry_keys, summary
from slogen.formats.yaml.writing import written
from slogen.library import entries
from slogen.markdown import row
from slogen.units import Duration
from tests.library.cases import CASES
from tests.library.exposing import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.yaml.objects import Key
    from slogen.library.entry import Entry
    from slogen.model import SLI
    from tests.library.cases import Case

_INTRODUCTION = """\
# The library

Ready indicators for what people run: the names of series, what is bad, and the traps, so that
nobody has to find them out again. An entry is a function, and a key of YAML:

```python
from slogen.library import envoy_requests

sli = envoy_requests(cluster="shop")
```

```yaml
sli:
  library:
    envoy_requests:
      cluster: shop
```

It gives one of the [kinds](yaml.md#sli), so that everything else is as it is for an indicator of
your own: `slogen list --format yaml` shows which series an entry reads. Where nobody can say for
all what is bad, an argument chooses it, and alerts show what was chosen. `where` adds matchers;
where it has a default, what you write replaces that.

The names were read in November 2026, in the sources that stand below each entry. The versions are
those of which these sources and release notes say that they have them; not each release was read.
Each entry is run on Prometheus 2.42 and 3.5 against an exposition of its exporter
(`tests/library/expositions`), which has beside the series that count those that must not be
counted, and its rules are proven by promtool. The table says which part of it was bad, for each
choice that was run, and the rules recorded the same. The expositions are written by hand from the
same sources, not taken from a running exporter.

"""
_BAR = "\\|"
_COLUMNS = ("entry", "kind", "of", "versions", "run against", "bad of it", "")
_EXPOSITIONS = "../../tests/library/expositions"


def page() -> str:
    """Return the page as Markdown."""
    known = entries().values()
    rows = [
        (
            f"[`{entry.name}`](#{entry.name})",
            f"`{_kind(entry)}`",
            f"[{entry.exporter.of}]({entry.exporter.source[0]})",
            entry.exporter.versions,
            ", ".join(f"[{name}]({_EXPOSITIONS}/{name}.prom)" for name in _expositions(entry)),
            ", ".join(f"{100 * ratio:.3g}%" for ratio in _ratios(entry)),
            "legacy" if entry.exporter.legacy else "",
        )
        for entry in known
    ]
    sections = ("\n".join(_section(entry)) for entry in known)
    return _INTRODUCTION + "\n".join([*_table(_COLUMNS, rows), "", *sections])


def _kind(entry: Entry) -> str:
    return _example(entry).kind


def _expositions(entry: Entry) -> Iterator[str]:
    """Yield the names of the expositions that have a series which the entry reads."""
    asked = [case for case in CASES if case.entry == entry.name]
    for file in FILES:
        text = file.read_text("utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        if any(_reads(case, file.stem, lines) for case in asked):
            yield file.stem


def _reads(case: Case, job: str, lines: Iterable[str]) -> bool:
    """Tell whether a case reads a series of an exposition, whose job has its name."""
    source = str(attrs.asdict(case.slo("n").sli, recurse=False))
    metrics = {re.split(r"[{ ]", line, maxsplit=1)[0] for line in lines}
    here = {name for name in metrics if re.search(rf"\b{re.sub('_bucket$', '', name)}\b", source)}
    given = case.arguments.get("job")
    return bool(here) and given in {None, job, "sli-collector", "dead-collector"}


def _ratios(entry: Entry) -> Iterator[float]:
    """Yield the part of the exposition that is bad, for each choice that is run, each once."""
    yield from dict.fromkeys(case.ratio for case in CASES if case.entry == entry.name)


def _example(entry: Entry) -> SLI:
    return entry.indicator(entry.arguments(**entry.example))


def _section(entry: Entry) -> Iterator[str]:
    sli = _example(entry)
    yield f"## `{entry.name}`\n"
    if entry.exporter.legacy:
        yield f"**Legacy.** {entry.exporter.legacy}.\n"
    yield f"{textwrap.fill(summary(entry), 120, break_on_hyphens=False)}\n"
    body = entry.doc.partition("\n\n")[2].partition("Args:")[0].strip()
    for paragraph in filter(None, body.split("\n\n")):
        text = " ".join(paragraph.split()).replace("``", "`")
        yield f"{textwrap.fill(text, 120, break_on_hyphens=False)}\n"
    rows = [(f"`{key.name}`", _unless(key), key.description) for key in entry_keys(entry)]
    yield from _table(("argument", "unless given", "meaning"), rows)
    tree = {"library": {entry.name: dict(entry.example)}}
    yield f"\n```yaml\n{written({'sli': tree}, frozenset())}```\n"
    yield f"Bad: `{sli.bad_in_words(Duration('1m'))}`\n"
    sources = ", ".join(f"<{address}>" for address in entry.exporter.source)
    yield f"Source: {sources}, for {entry.exporter.versions}.\n"


def _unless(key: Key) -> str:
    if key.is_required:
        return "required"
    return "" if key.default is None else f"`{key.default}`"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (head, ("---",) * len(head), *rows):
        yield row(cell.replace("|", _BAR) for cell in cells)
