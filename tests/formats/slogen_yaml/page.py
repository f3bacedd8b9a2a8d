"""The reference page of slogen YAML, made from the schema and the examples of the kinds."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from slogen.formats.slogen_yaml.keys import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.yaml.shapes import JSON

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "examples" / "kinds"
_SECTIONS = ("Service", "SLO", "Defaults", "SLI", "AlertPolicy", "Alert", "Tier", "Settings")
_TEXT = {"type": "string"}
_VALUES = "Values"
_BAR = "\\|"
_INTRODUCTION = """\
# Every key of slogen YAML

A file of definitions and a [script](python.md) have the same words: each argument in Python is a
key in YAML. The name of a class, in small letters, is the kind of an indicator. This page and
[slogen.schema.json](slogen.schema.json) are made from these classes. This is a whole file, one of
[docs/examples/kinds](../examples/kinds):

```yaml
{whole}```

The first line is for editors. With the YAML language server they complete keys, show what keys
mean, and mark what is wrong while you type. `slogen schema` prints the schema; keep it in a place
where your definitions find it.

slogen reads percentages and numbers as they are written, so `99.9%` is exact. A length of time has
its unit: `30s`, `5m`, `30d`. Where a key wants text, quote everything that looks like a number or a
truth value: `tier: "2"`, `prometheus: "2.42"`. A key without a value is an error, and so is a key
that is not listed here.

The schema does not know what names refer to, what inherited files contain, or what PromQL is. Only
`slogen build` checks these.
"""


def page(schema: JSON) -> str:
    """Return the page as Markdown."""
    sections = [_INTRODUCTION.format(whole=(EXAMPLES / "events.yaml").read_text())]
    sections.append(_section("## The file", schema, schema))
    for name in _SECTIONS:
        sections.append(_section(f"## {name}", schema["$defs"][name], schema))
        sections += _kinds(schema) if name == "SLI" else ()
    return "\n".join([*sections, _values(schema)])


def _kinds(schema: JSON) -> Iterator[str]:
    for tag, cls in KINDS.items():
        example = f"```yaml\n{_sli((EXAMPLES / f'{tag}.yaml').read_text())}```\n"
        yield (
            _section(f"### {cls.__name__}", schema["$defs"][cls.__name__], schema) + "\n" + example
        )


def _sli(text: str) -> str:
    """Return the indicator that ends an example."""
    _, begin, rest = text.partition("        sli:\n")
    return textwrap.dedent(begin + rest)


def _section(head: str, one: JSON, schema: JSON) -> str:
    elsewhere = {key for rule in schema["allOf"] for key in _demanded(rule)}
    rows = [
        (f"`{key}`", _type(value), _default(key, one, elsewhere), value["description"])
        for key, value in one["properties"].items()
    ]
    table = _table(("key", "value", "unless given", "meaning"), rows)
    return "\n".join([head, "", one["description"], "", *table, ""])


def _demanded(rule: JSON) -> list[str]:
    """Return which keys an SLO needs that defaults can give."""
    inner: JSON = rule["else"]["properties"]["services"]["items"]["else"]
    keys: list[str] = inner["properties"]["slos"]["items"]["required"]
    return keys


def _default(key: str, one: JSON, elsewhere: set[str]) -> str:
    if key in one.get("required", ()):
        return "required"
    if {"required": [key]} in one.get("oneOf", ()) or "minProperties" in one:
        return "one of these is required"
    if key in elsewhere and one["title"] == "SLO":
        return "from `defaults`, else required"
    value = one["properties"][key].get("default")
    return "" if value is None else _code(value)


def _type(value: JSON) -> str:  # noqa: PLR0911 (a type each)
    """Return what can stand behind a key, in words."""
    match value:
        case {"$ref": reference}:
            title = reference.rpartition("/")[2]
            if title == "Library":
                return "[Library](library.md)"
            anchor = title if title in {*_SECTIONS, *_titles()} else _VALUES
            return f"[{title}](#{anchor.lower()})"
        case {"anyOf": choices}:
            return " or ".join(map(_type, choices))
        case {"const": word}:
            return _code(word)
        case {"enum": words}:
            return ", ".join(map(_code, words))
        case {"type": "array", "items": item}:
            return f"list of {'texts' if item == _TEXT else _type(item)}"
        case {"type": "object", "properties": names}:
            (item,) = {_type(value) for value in names.values()}
            return (
                f"{', '.join(map(_code, names))} with {'a text each' if item == 'text' else item}"
            )
        case {"type": "object", "additionalProperties": item}:
            return f"names with {'a text each' if item == _TEXT else _type(item)}"
        case {"type": kind}:
            return {"string": "text", "integer": "whole number", "boolean": "`true`, `false`"}[kind]
    raise AssertionError(value)


def _titles() -> list[str]:
    return [cls.__name__ for cls in KINDS.values()]


def _values(schema: JSON) -> str:
    rows = [
        (title, one["description"])
        for title, one in schema["$defs"].items()
        if "properties" not in one
    ]
    return "\n".join([f"## {_VALUES}", "", *_table(("value", "meaning"), rows), ""])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', _BAR) for cell in cells)} |"


def _code(value: str | bool) -> str:  # noqa: FBT001 (a value of JSON)
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"
