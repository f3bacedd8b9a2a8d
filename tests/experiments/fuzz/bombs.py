"""Files that would take all memory, or for ever, if reading them had no bounds."""

from __future__ import annotations

_HEAD = "apiVersion: slogen/v1\n"
_MANY = 40_000
_SLO = "name: a, objective: 99%, window: 30d, sli: {up: {gauge: up}}"


def _file(**keys: str) -> str:
    return _HEAD + "".join(f"{key}: {value}\n" for key, value in keys.items())


def _slo(more: str) -> str:
    return _file(services=f"[{{name: shop, slos: [{{{_SLO}, {more}}}]}}]")


def _indicators(slis: str) -> str:
    return _file(services=f"[{{name: shop, slis: {{{slis}}}, slos: []}}]")


def _items(form: str, amount: int = _MANY, between: str = ", ") -> str:
    """Return many items, with their number where the form has a ``§``."""
    return between.join(form.replace("§", str(number)) for number in range(amount))


def _aliases(first: str, form: str) -> str:
    """Return lines each of which repeats the one before ten times."""
    lines = [f"\n  a: &a {first}\n"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        tenfold = ", ".join([f"*{before}"] * 10)
        lines.append(f"  {name}: &{name} {form.replace('%', tenfold)}\n")
    return "".join(lines)


BOMBS = {
    "nuls": "\0" * 9_000_000,
    "controls on one line": _file(x="\x01" * 1_000 + "\u4e2d" + "a" * 9_000_000),
    "numbers on one line": _file(services=f"[{_items('§')}]"),
    "numbers on many lines": _file(services=f"\n- {_items('§', between=chr(10) + '- ')}"),
    "unknown keys": _HEAD + _items("k§:", 20_000, "\n"),
    "unknown keys on one line": _file(settings=f"{{{_items('k§: 1')}}}"),
    "one key many times": _file(settings=f"{{{_items('owner: a')}}}"),
    "queries": _indicators(_items("q§: {error_ratio: {query: (a b}}", 5_000)),
    "tiers": _slo(f"alerts: {{tiers: [{_items('§')}]}}"),
    "unknown keys of a tier": _slo(f"alerts: {{tiers: [{{{_items('k§: 1')}}}]}}"),
    "labels": _slo(f"labels: {{{_items('k §: v')}}}"),
    "dimensions": _slo(f"group_by: [{_items('k §')}]"),
    "words of other readers": _file(x=f"[{_items('yes')}]"),
    "inherits itself": _file(inherits=f"[{_items('main.yaml')}]"),
    "inherits what is not there": _file(inherits=f"[{_items('§.yaml')}]"),
    "policies in a row": _file(policies=f"{{{_items('p§: {based_on: q}')}}}"),
    "names": _file(
        policies=f"{{{_items('p§: {}', 5_000)}}}",
        services=f"[{{name: s, slos: [{_items(f'{{{_SLO}, alerts: polcy}}', 5_000)}]}}]",
    ),
    "aliases of lists": _file(x=_aliases("[x, x, x, x]", "[%]")),
    "aliases of policies": _file(policies=_aliases("{low: 1}", "{tiers: [%]}")),
    "aliases of a good list": _file(
        policies="{p: {tiers: &t ["
        + _items("{severity: page, long: 1h, burn_rate: 2}", 10_000)
        + f"]}}, {_items('p§: {tiers: *t}', 5_000)}}}"
    ),
    "brackets": "[" * 2_000_000,
    "braces": "{a: " * 500_000,
    "dashes": "- " * 1_000_000,
    "questions": "? " * 1_000_000,
    "values": "- a\n" * 600_000,
    "a long text": _file(x="a" * 2_000_000),
    "a long key": f"{_HEAD}? {'a' * 2_000_000}\n: b\n",
    "a long query": _indicators(f"q: {{error_ratio: {{query: '{'(' * 1_000_000}'}}}}"),
    "templates": _file(settings=f"{{alert_labels: {{a: '{'{{ ' * 300_000}'}}}}"),
    "documents": "---\n" * 300_000,
    "tags": _file(x=f"[{_items('!a b')}]"),
}
"""Each by what there is too much of; all of them are wrong."""
