"""From SLOs to a script, as a person would have written it.

What several SLOs share has a name of its own, and is said once.
"""

from __future__ import annotations

import builtins
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slogen.formats.python.code import WIDTH, Call, Code, Name, assignment, identifier, quoted
from slogen.formats.slogen_yaml.keys import KINDS, PARTS
from slogen.formats.slogen_yaml.unstructure import policy, unstructured
from slogen.model import SLO, Alert, AlertPolicy, Events, Service, Settings, Tier
from slogen.naming import Naming
from slogen.promql.query import Query
from slogen.promql.selector import Selector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.formats.yaml.writing import Tree

_TAKEN = frozenset({"slos", *dir(builtins)})
_POSITIONAL = {Service: "name", Tier: "severity", Alert: "severity"}
"""The argument of a class that stands without its name."""
_OBJECTS = (Settings, AlertPolicy, Alert, Tier, Service, *KINDS.values())
_COUNTER = re.compile("(_duration)?(_(milli)?seconds)?_(count|total)$")
"""How the names of counters end, which say nothing to people."""
_SHARED = (Settings, AlertPolicy, Service, *KINDS.values())
_NAMINGS = {Naming(): "Naming()", Naming.sloth(): "Naming.sloth()"}


def dump(slos: Iterable[SLO]) -> str:
    """Return SLOs as a Python script, which loads back equal."""
    return _Script(tuple(slos)).text()


class _Script:
    """A script that grows from the top: what has a name is given it before it is used."""

    def __init__(self, slos: tuple[SLO, ...]) -> None:
        self._slos = slos
        self._names: dict[object, str] = {}
        self._used = set(_TAKEN)
        self._classes = {"SLO"}
        self._blocks: list[str] = []
        self._last: type | None = None

    def text(self) -> str:
        """Return the whole script."""
        services = list(dict.fromkeys(slo.service for slo in self._slos))
        self._share((service.settings for service in services), "settings")
        for service in services:
            self._give(service, identifier(service.name))
        self._share(self._totals(), "", least=1)
        self._share((slo.alerts for slo in self._slos if _is_long(slo.alerts)), "alerts")
        self._share((slo.sli for slo in self._slos), "indicator")
        body = assignment("slos", tuple(map(self._code, self._slos)))
        return "\n\n".join((self._head(services), *self._blocks, body)) + "\n"

    def _totals(self) -> Iterator[Selector]:
        """Yield the totals that bad or good events are a part of."""
        for slo in self._slos:
            if isinstance(slo.sli, Events) and not unstructured(slo.sli).keys().isdisjoint(
                PARTS.values()
            ):
                assert isinstance(slo.sli.total, Selector)  # noqa: S101 (it has parts)
                yield slo.sli.total

    def _share(self, values: Iterable[Any], name: str, *, least: int = 2) -> None:
        """Give names to what is used several times."""
        uses = Counter(values)
        for value, count in uses.items():
            if count >= least and value != Settings(origin=None):
                self._give(value, name or _plural(value))

    def _give(self, value: object, name: str) -> None:
        free = (name, *(f"{name}_{number}" for number in range(2, len(self._names) + 3)))
        chosen = next(wish for wish in free if wish not in self._used)
        self._used.add(chosen)
        line = assignment(chosen, self._made(value))
        self._names[value] = chosen
        is_alike = self._last is type(value) and "\n" not in line
        self._blocks = (
            [*self._blocks[:-1], f"{self._blocks[-1]}\n{line}"]
            if is_alike
            else [*self._blocks, line]
        )
        self._last = type(value) if "\n" not in line else None

    def _head(self, services: list[Service]) -> str:
        self._classes -= {"Naming"} if (is_named := "Naming" in self._classes) else set()
        classes = sorted(self._classes, key=lambda name: (not name.isupper(), name))
        line = f"from slogen import {', '.join(classes)}"
        if len(line) > WIDTH:
            line = "".join(("from slogen import (\n", *(f"    {one},\n" for one in classes), ")"))
        names = services[0].name if len(services) == 1 else "several services"
        about = names if quoted(names).startswith('"') and "\\" not in names else "a service"
        named = "\nfrom slogen.naming import Naming" if is_named else ""
        return f'"""SLOs of {about}."""\n\n{line}{named}'

    def _code(self, value: object) -> Code:
        """Return a value as code: its name, where it has one."""
        is_shared = isinstance(value, _SHARED) and value in self._names
        return Name(self._names[value]) if is_shared else self._made(value)

    def _made(self, value: object) -> Code:
        """Return what makes a value."""
        match value:
            case Selector():
                self._classes.add("Selector")
                return Call("Selector", (str(value),))
            case AlertPolicy() if not _is_long(value):
                self._classes.add("AlertPolicy")
                return Call(f"AlertPolicy.{value.preset}")
            case _:
                return self._call(value)

    def _call(self, value: Any) -> Call:  # noqa: ANN401 (any class of the model)
        cls = type(value)
        self._classes.add(cls.__name__)
        named = {"service": self._code(value.service)} if isinstance(value, SLO) else {}
        for key, said in unstructured(value).items():
            argument = "for_" if key == "for" else key
            named[argument] = self._argument(value, argument, said)
        if isinstance(value, Events):
            named = dict(self._events(value, named))
        first = _POSITIONAL.get(cls, "")
        positional = (named.pop(first),) if first in named else ()
        return Call(cls.__name__, positional, named)

    def _events(self, events: Events, named: Mapping[str, Code]) -> Iterator[tuple[str, Code]]:
        """Yield the arguments of events: a part of the total is said by ``where``."""
        sides = {key: side for side, key in PARTS.items()}
        for name, code in named.items():
            if name == "total" and events.total in self._names:
                yield name, Name(self._names[events.total])
            elif name in sides and isinstance(code, str):
                total = self._names[events.total]
                yield sides[name], Call(f"{total}.where", (code,))
            else:
                yield name, code

    def _argument(self, value: Any, name: str, said: Tree) -> Code:  # noqa: ANN401
        """Return an argument as code.

        Args:
            value: What has it.
            name: How it is called.
            said: How YAML says it.
        """
        own = getattr(value, name, None)
        if isinstance(own, Naming):
            self._classes.add("Naming")
            return Name(_NAMINGS[own])
        if isinstance(own, _OBJECTS) and said is not True:
            return self._code(own)
        if isinstance(own, tuple) and own and isinstance(own[0], Tier):
            return tuple(map(self._code, own))
        return str(own) if isinstance(own, Query | Selector | str) else _plain(said)


def _plural(total: Selector) -> str:
    """Return a name for all events that a counter counts.

    >>> _plural(Selector("http_requests_total")), _plural(Selector("rpc_duration_seconds_count"))
    ('http_requests', 'rpc')
    """
    return identifier(_COUNTER.sub("", total.metric) or total.metric)


def _is_long(alerts: AlertPolicy) -> bool:
    """Tell whether a policy is more than the word of a preset."""
    return not isinstance(policy(alerts), str)


def _plain(said: Tree) -> Code:
    """Return what YAML says as code."""
    if isinstance(said, Mapping):
        return {key: _plain(part) for key, part in said.items()}
    return tuple(map(_plain, said)) if isinstance(said, list) else said
