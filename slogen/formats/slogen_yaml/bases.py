"""Alert policies that are others but for a few keys: ``based_on``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slogen.errors import InvalidValue
from slogen.formats.slogen_yaml.inheriting import LONGEST_CHAIN
from slogen.formats.slogen_yaml.keys import BASED_ON, PRESET_SWITCHES, key_names
from slogen.formats.slogen_yaml.structure import structure
from slogen.formats.yaml.nodes import MappingNode, Node, ObjectNode, UnreadNode
from slogen.formats.yaml.refusals import Reported, listed
from slogen.formats.yaml.shapes import TEXT
from slogen.model import AlertPolicy
from slogen.spelling import did_you_mean
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping as Named


_ON = ("on", "yes", "true", "default", "enabled")
_OFF = ("off", "no", "false", "never", "disabled", "disable")


class Policy(ObjectNode):
    """A policy that has been made, with the keys that it was made of.

    Attributes:
        keys: Its own and those of what it is based on.
    """

    def __init__(self, near: Node, value: object, keys: MappingNode) -> None:
        """Take a policy and its keys."""
        super().__init__(near, value)
        self.keys = keys


def policy(node: Node, policies: Named[str, Node]) -> Node:
    """Return a policy that has been made, for others to be based on.

    Raises:
        InputError: Whatever is wrong with it, all faults together.
    """
    whole = completed(node, policies)
    made = structure(whole, AlertPolicy)
    return Policy(node, made, whole) if isinstance(whole, MappingNode) else ObjectNode(node, made)


def preset_meant(word: str) -> str:
    """Return the remedy for a word that switches alerts on or off elsewhere; else nothing.

    >>> preset_meant("off"), preset_meant("yes"), preset_meant("nightly")
    ('write none', 'write standard', '')
    """
    on, off = PRESET_SWITCHES
    meant = {**dict.fromkeys(_ON, on), **dict.fromkeys(_OFF, off)}.get(word.lower())
    return f"write {meant}" if meant else ""


def completed(node: Node, policies: Named[str, Node], trail: tuple[Node, ...] = ()) -> Node:
    """Return a policy with the keys that it does not have taken from what it is based on.

    Args:
        node: The policy; what is no mapping, or is based on nothing, is returned as it is.
        policies: What it can be based on.
        trail: The policies that are based on this one.

    Raises:
        InputError: If there is no such policy, or they are based on each other.
    """
    if not isinstance(node, MappingNode) or BASED_ON not in node:
        return node
    place = node[BASED_ON]
    name, own = TEXT.read(place), node.without(BASED_ON)
    base = policies.get(name)
    if base is None:
        raise InvalidValue(
            BASED_ON,
            f"{quoted(name)}, which is not defined",
            listed(policies) or "the name of a policy",
            did_you_mean(name, policies),
            origin=place,
        )
    if base is node or any(base is one for one in trail):
        found = f"{quoted(name)}, which is based on this policy"
        raise InvalidValue(BASED_ON, found, "no circles", origin=place)
    if len(trail) >= LONGEST_CHAIN:
        found = f"{quoted(name)}, the end of a long chain"
        allowed = f"at most {LONGEST_CHAIN} policies that are based on one another"
        raise InvalidValue(BASED_ON, found, allowed, origin=place)
    base = base.keys if isinstance(base, Policy) else base
    whole = completed(base, policies, (*trail, node))
    if isinstance(whole, UnreadNode) or not isinstance(whole, MappingNode):
        raise Reported
    known = key_names(AlertPolicy)
    return own.over(whole.without(*(key for key in whole.entries if key not in known)))
