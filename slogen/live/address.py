"""The address of a Prometheus, taken apart so that no credential is ever shown."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

import attrs

from slogen.errors import InvalidValue
from slogen.units import quoted

_ALLOWED = 'an address of http or https, such as "https://prometheus.example.com"'
_API = "/api/v1"
_HIDDEN = "an address with credentials, which are not shown"
_NOT_SHOWN = "no such address; it may hold credentials, and is not shown"
_PLAIN = re.compile(r"(\w+://)?([\w.-]*|\[[0-9a-f:.]*\])(:[0-9]{1,5})?/?", re.ASCII)
"""An address without a place for credentials."""


@attrs.frozen(kw_only=True)
class Address:
    """Where a Prometheus is.

    >>> address("https://bot:secret@mimir.example.com/prometheus/").url
    'https://mimir.example.com/prometheus'

    Attributes:
        url: The address without credentials, and without a slash at its end.
        user: Who asks; the empty text if the address does not say it.
        password: Their password.
    """

    url: str
    user: str = ""
    password: str = attrs.field(default="", repr=False)

    @property
    def has_credentials(self) -> bool:
        """Whether the address as it was written holds a user or a password."""
        return bool(self.user or self.password)


def address(text: object) -> Address:
    """Return an address taken apart.

    Raises:
        InvalidValue: If it is none of http or https, or goes further than to the API. The message
            shows no credentials.
    """
    if not isinstance(text, str):
        raise InvalidValue("url", repr(text), _ALLOWED)
    found = _shown(text)
    parts = _split(text.strip(), found)
    if parts.query or parts.fragment:
        raise InvalidValue("url", found, _ALLOWED, "leave out what begins with ? or #")
    host = parts.netloc.rpartition("@")[2]
    url = f"{parts.scheme}://{host}{parts.path}".rstrip("/")
    if _API in parts.path:
        shorter = url[: url.index(_API, len(parts.scheme) + 3)]
        raise InvalidValue("url", found, _ALLOWED, f"end it before {_API}: {quoted(shorter)}")
    return Address(
        url=url, user=unquote(parts.username or ""), password=unquote(parts.password or "")
    )


def _shown(text: str) -> str:
    """Return an address that is refused, unless a part of it may be a credential."""
    if "@" in text:
        return _HIDDEN
    return quoted(text) if _PLAIN.fullmatch(text.strip()) else _NOT_SHOWN


def public_address(text: object) -> str:
    """Return an address for a place that others can read, such as a file or a command line.

    Raises:
        InvalidValue: If it is no address, or holds credentials.
    """
    found = address(text)
    if found.has_credentials:
        raise InvalidValue(
            "url",
            _HIDDEN,
            "an address without user and password",
            "write a token into a file and name it with token_file, or set the environment "
            "variable SLOGEN_LIVE_URL",
        )
    return found.url


def _split(text: str, found: str) -> SplitResult:
    """Return the parts of an address of http or https."""
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_host = False
    printable = text.isprintable() and " " not in text and "\\" not in text
    if not has_host or not printable or parts.scheme not in {"http", "https"}:
        remedy = "begin it with https:// or http://" if "://" not in text else ""
        raise InvalidValue("url", found, _ALLOWED, remedy)
    return parts
