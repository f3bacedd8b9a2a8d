"""What is wrong with a text that is not YAML: the place, the reason and the remedy.

libyaml says where it could not go on and what it expected there; what whoever wrote the text has to
change often stands elsewhere, and is said here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ruamel.yaml.error import MarkedYAMLError

from slogen.errors import InvalidYAML
from slogen.formats.yaml.writing import scalar

if TYPE_CHECKING:
    from ruamel.yaml.error import YAMLError

    from slogen.formats.yaml.nodes import Source

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_BEGUN_EARLIER = ("end of stream", "could not find expected ':'")
"""What is noticed long behind the place where it is wrong."""
_REMEDIES = {
    "mapping values are not allowed": 'put quotes around a text that has ": " in it, or check '
    "the line above: its indentation, and the space behind a -",
    "cannot start any token": "put quotes around a text that begins with @, `, %, > or |",
    "did not find expected key": "check the indentation, and the quotes of the lines above",
    "could not find expected ':'": "write a key as `name: value`, with a space behind the colon",
    "did not find expected ',' or": "close the bracket, put a comma between the items, or quotes "
    "around a text that has brackets in it",
    "did not find expected node content": "close the bracket, or write the value that is missing",
    "unexpected end of stream": "close the quotes",
    "did not find expected '-' indicator": "begin every item of a list at the same column, and the "
    "keys of an item at the column of its first key",
    "did not find expected comment or line break": "put quotes around a text that begins with > "
    "or |",
    "did not find expected <document start>": "one document a file: move what stands below ... "
    "to a file of its own",
    "found unexpected ':'": "put quotes around a text that has a colon in it, within braces",
    "unknown directive": "remove the lines that begin with %",
    "unknown escape character": "write a backslash twice, or take single quotes",
}
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_QUOTES = "put the whole text between single quotes, if it has double quotes in it: 'code=~\"5..\"'"
_OPENINGS = ("{{", "{%")
_QUOTED_VALUE = re.compile(r"\s*(?:- )*(?:[\w-]+:[ \t]+)?(?:\".*\"|'.*')\s*")
_RENDERED = "slogen reads no templates of Helm, Jinja and the like: render the file first"


def syntax_fault(error: YAMLError, source: Source) -> InvalidYAML:
    """Return what is wrong with a text that the parser could not read."""
    if conflict := _CONFLICT.search(source.text):
        place = source.position(*conflict.span())
        reason = "not YAML: a merge has left its marks here"
        return InvalidYAML(reason, place, "resolve the conflict, and remove the marks")
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    at = mark.index if mark else 0
    begun = getattr(error, "context_mark", None)
    return (
        _of_characters(source, at, begun.index if begun else at)
        or template_fault(source, at)
        or template_fault(source, begun.index if begun else at)
        or _of_grammar(error, source, at, begun.index if begun else None)
    )


def _of_characters(source: Source, at: int, begun: int) -> InvalidYAML | None:
    """Return the fault of a space that is none to YAML, if that is what stands in the way."""
    if source.text[at : at + 1] == "\t":
        return InvalidYAML(
            "not YAML: a tab stands here", source.position(at, at + 1), "indent with spaces"
        )
    line = source.text.rfind("\n", 0, begun) + 1
    space = source.text.find(_NO_BREAK_SPACE, line)
    if space < 0 or "\n" in source.text[begun:space]:
        return None
    reason = "not YAML: a no-break space (U+00A0) stands here"
    return InvalidYAML(reason, source.position(space, space + 1), "write a plain space")


def template_fault(source: Source, at: int) -> InvalidYAML | None:
    """Return the fault of ``{{ ... }}`` without quotes, and of blocks of templates, at an index."""
    begin = at if source.text.startswith(_OPENINGS, at) else max(at - 1, 0)
    if not source.text.startswith(_OPENINGS, begin):
        return None
    text = source.rest_of_line(begin)
    place = source.position(begin, begin + len(text))
    line = source.text[source.text.rfind("\n", 0, begin) + 1 : begin]
    if text.startswith("{%") or not line.strip():
        return InvalidYAML("not YAML: a template begins here", place, _RENDERED)
    reason = "a text that begins with {{ stands here without quotes"
    return InvalidYAML(reason, place, f"quote it: {scalar(text)}\n{_RENDERED}")


def _of_grammar(error: YAMLError, source: Source, at: int, begun: int | None) -> InvalidYAML:
    problem = getattr(error, "problem", None) or "it cannot be read"
    context = getattr(error, "context", None) or ""
    remedy = next((text for part, text in _REMEDIES.items() if part in problem), "")
    if begun is not None:
        is_at_end = not source.text[at:].strip()
        begun_at, found_at = source.position(begun), source.position(at)
        if is_at_end or any(part in problem for part in _BEGUN_EARLIER):
            at = begun  # what is opened there never ends
        elif "flow" in context and begun_at.line != found_at.line:
            context += f" that begins in line {begun_at.line}"
    if _follows_quotes(source, at) and "did not find expected key" in problem:
        remedy = _QUOTES
    reason = f"not YAML: {problem} {context}".rstrip()
    return InvalidYAML(reason, source.position(at, at + 1), remedy)


def _follows_quotes(source: Source, at: int) -> bool:
    """Tell whether a text in quotes, which begins in the same line, ends before an index."""
    before = source.text[source.text.rfind("\n", 0, at) + 1 : at]
    return _QUOTED_VALUE.fullmatch(before) is not None
