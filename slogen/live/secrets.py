"""Credentials that a server may repeat, taken out of whatever it says before anybody reads it."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, quote_plus

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN = "<hidden>"
_FOR_ADDRESSES = str.maketrans("+/", "-_")
_HEXADECIMAL = re.compile("%[0-9A-F]{2}")
_LONG = 8
"""From how many characters on a credential in a label does not stand there by chance."""


@attrs.frozen
class Secrets:
    """What nobody may read.

    >>> Secrets.of("", "swordfish", "").out_of("no user has the password swordfish")
    'no user has the password <hidden>'

    Attributes:
        texts: The credentials in each form that they are sent in, the longest first.
    """

    texts: tuple[str, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, user: str, password: str, token: str) -> Self:
        """Return the secrets of a connection, each in every form that an answer may have it in.

        A user without a password is a token, as some services have it.
        """
        plain = {text for text in (password or user, token) if text}
        encoded = {_base64(text) for text in plain}
        if user or password:
            encoded.add(basic(user, password))
        encoded |= {text.translate(_FOR_ADDRESSES) for text in encoded}
        encoded |= {text.rstrip("=") for text in encoded}
        escaped = {form for text in plain for form in _escaped(text)}
        return cls(tuple(sorted(plain | encoded | escaped, key=lambda text: (-len(text), text))))

    @property
    def longest(self) -> int:
        """How many characters the longest has."""
        return max(map(len, self.texts), default=0)

    def out_of(self, text: str) -> str:
        """Return a text without them."""
        for secret in self.texts:
            text = text.replace(secret, HIDDEN)
        return text

    def out_of_label(self, text: str) -> str:
        """Return the value of a label without them; short ones may stand there by chance."""
        for secret in self.texts:
            if len(secret) >= _LONG:
                text = text.replace(secret, HIDDEN)
        return text

    def out_of_document(self, document: Any) -> Any:  # noqa: ANN401 (JSON of any shape)
        """Return JSON as it was read, whose texts are without them; it is changed in place."""
        whole: list[Any] = [document]
        nodes: list[Any] = [whole]
        while nodes:
            node = nodes.pop()
            for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
                if isinstance(value, str):
                    node[key] = self.out_of_label(value)
                elif isinstance(value, dict | list):
                    nodes.append(value)
        return whole[0]


def basic(user: str, password: str) -> str:
    """Return what HTTP's basic authentication sends, with UTF-8 as RFC 7617 has it."""
    return _base64(f"{user}:{password}")


def _escaped(text: str) -> Iterator[str]:
    """Yield a text as addresses, forms, HTML and JSON have it."""
    for form in (quote(text, safe=""), quote(text), quote_plus(text)):
        yield from (form, _HEXADECIMAL.sub(lambda match: match[0].lower(), form))
    yield from (html.escape(text), html.escape(text, quote=False))
    yield from (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1])


def _base64(text: str) -> str:
    return b64encode(text.encode(errors="replace")).decode()
