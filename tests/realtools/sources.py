"""The machine's apt sources, turned to other suites of the same archive.

A source is kept if it offers the component `main` of a suite with a plain name such as
`bookworm`; the likes of `bookworm-security`, `bookworm/updates` and flat folders are dropped, for
`testing` and `sid` have no such companions.
"""

import re
from collections.abc import Sequence

_PLAIN_SUITE = re.compile(r"[a-z]+")
_FIELD = re.compile(r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)", re.MULTILINE)
_LINE = re.compile(
    r"deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s+(?P<components>[^#]+)"
)


def deb822_for(text: str, suites: Sequence[str]) -> str:
    """Return the stanzas of a `.sources` file with the given suites in place of their own."""
    uncommented = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    stanzas = (dict(_fields(stanza)) for stanza in re.split(r"\n\s*\n", uncommented))
    return "\n".join(_stanza_for(stanza, suites) for stanza in stanzas if _is_usable(stanza))


def one_line_for(text: str, suites: Sequence[str]) -> str:
    """Return the entries of a `.list` file, one for each of the given suites."""
    entries = (_LINE.match(line.strip()) for line in text.splitlines())
    return "".join(
        f"deb [{_options_for(entry['options'])}] {entry['uri']} {suite} main\n"
        for entry in entries
        if entry and _is_main_archive(entry["suite"], entry["components"])
        for suite in suites
    )


def _options_for(options: str | None) -> str:
    return " ".join([*(options or "").split(), "target=Packages"])


def _fields(stanza: str) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in _FIELD.findall(stanza)]


def _stanza_for(stanza: dict[str, str], suites: Sequence[str]) -> str:
    changed = {
        "types": "deb",
        "suites": " ".join(suites),
        "components": "main",
        "targets": "Packages",
    }
    return "".join(f"{name}: {value}\n" for name, value in (stanza | changed).items())


def _is_usable(stanza: dict[str, str]) -> bool:
    return (
        "deb" in stanza.get("types", "").split()
        and stanza.get("enabled", "yes").lower() not in {"no", "false", "0", "off", "without"}
        and _is_main_archive(stanza.get("suites", ""), stanza.get("components", ""))
    )


def _is_main_archive(suites: str, components: str) -> bool:
    return "main" in components.split() and any(map(_PLAIN_SUITE.fullmatch, suites.split()))
