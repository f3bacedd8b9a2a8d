"""The single values of slogen YAML that are more than a text.

A pattern accepts every text that the loader accepts, and more: what is long, short or large enough
is judged by the loader alone. None uses more of regular expressions than all languages have.
"""

from __future__ import annotations

import attrs

from slogen.formats.yaml.shapes import Plain

_LENGTH = "([0-9]+(ms|[ywdhms]))+"
_NUMBER = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?"
_UNIT = "write its unit, such as {0}s"

DURATION = Plain(
    ("text",),
    'a length of time with its unit, such as "30s", "5m" or "30d"',
    _UNIT,
    "Duration",
    f"^{_LENGTH}$",
)
WINDOW = attrs.evolve(DURATION, unit="write its unit, such as {0}d")
"""The same, where days are meant more often than seconds."""
SELECTOR = Plain(("text",), 'a metric and matchers, such as http_requests_total{service="api"}')
CONDITIONS = Plain(("text",), 'matchers such as code=~"5..",method!="OPTIONS"', in_braces=True)
QUERY = Plain(("text",), "PromQL, such as sum(rate(errors_total[$window]))")
DELAY = Plain(
    ("text",),
    'a length of time with its unit, such as "30s" or "5m", or "0s" for none',
    _UNIT,
    "Delay",
    f"^(0+|{_LENGTH})$",
)
THRESHOLD = Plain(
    ("text",),
    'a length of time with its unit, such as "200ms", "2.5ms" or "2s"',
    "write its unit, such as {0}ms or {0}s",
    "Threshold",
    r"^\s*([0-9]+(\.[0-9]+)?(ns|us|ms|[ywdhms]))+\s*$",
)
SHARE = Plain(
    ("text", "int", "float"),
    'a percentage such as "99.9%", or a number between 0 and 1',
    title="Share",
    pattern=rf"^\s*({_NUMBER}|[0-9]+(\.[0-9]+)? ?%)\s*$",
    # Readers of JSON round what lies next to 1 to 1 itself, which the loader refuses.
    bounds=(("exclusiveMinimum", 0), ("maximum", 1)),
)
FACTOR = Plain(
    ("text", "int", "float"),
    "a number of at least 1, such as 14.4",
    title="Factor",
    pattern=rf"^\s*{_NUMBER}\s*$",
    bounds=(("minimum", 1),),
)
COMPARISON = Plain(
    ("text",),
    'an operator (<=, <, >=, >, == or !=) and a number, such as "<= 300"',
    'write the operator, too, such as "<= {0}"',
    title="Comparison",
    pattern=r"^\s*(<=|<|>=|>|==|!=) *\S+\s*$",
)
AMOUNT = Plain(
    ("text", "int", "float"),
    "a number of at least 0, such as 1000",
    title="Amount",
    pattern=rf"^\s*{_NUMBER}\s*$",
    bounds=(("minimum", 0),),
)
VERSION = Plain(
    ("text",),
    'a version in quotes, such as "2.42" or "3.5"',
    title="Version",
    pattern=r"^[0-9]+\.[0-9]+(\.[0-9]+)?$",
)
SCALARS = (DURATION, DELAY, THRESHOLD, SHARE, FACTOR, AMOUNT, COMPARISON, VERSION)
"""All of them, each a definition of JSON Schema."""
