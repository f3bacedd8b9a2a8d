"""Credentials that a server may repeat, taken out of whatever it says before anybody reads it."""

from __future__ import annotations

from base64 import b64encode
from typing import Self
from urllib.parse import quote

import attrs

HIDDEN = "<hidden>"
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
        """Return the secrets of a connection, each as it is, in base64 and as an address has it."""
        plain = {text for text in (password, token) if text}
        encoded = {_base64(text) for text in plain}
        if password:
            encoded.add(basic(user, password))
        encoded |= {text.rstrip("=") for text in encoded}
        escaped = {quote(text, safe="") for text in plain}
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


def basic(user: str, password: str) -> str:
    """Return what HTTP's basic authentication sends, with UTF-8 as RFC 7617 has it."""
    return _base64(f"{user}:{password}")


def _base64(text: str) -> str:
    return b64encode(text.encode(errors="replace")).decode()
