"""Addresses: what is taken, what is refused, and that no credential is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.live.address import address, public_address


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://prometheus.example.com", "https://prometheus.example.com"),
        ("https://mimir.example.com/prometheus/", "https://mimir.example.com/prometheus"),
        ("http://[::1]:9090", "http://[::1]:9090"),
        (" http://localhost:9090/ ", "http://localhost:9090"),
    ],
)
def test_takes_addresses_with_prefixes(text: str, url: str) -> None:
    """A slash at the end and spaces around make no difference."""
    assert public_address(text) == url


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("prometheus:9090", "begin it with https:// or http://"),
        ("ftp://prometheus", ""),
        ("https://", ""),
        ("https://a:b", ""),
        ("https://a b", ""),
        ("https://a/?x=1", "leave out what begins with ? or #"),
        ("https://a/p/api/v1/query", 'end it before /api/v1: "https://a/p"'),
        (7, ""),
    ],
)
def test_refuses_what_is_no_address(text: object, remedy: str) -> None:
    """The error says what is allowed, and what to write where that is known."""
    with pytest.raises(InvalidValue, match=r"url is .*") as caught:
        address(text)

    assert "an address of http or https" in caught.value.allowed
    assert caught.value.remedy == remedy


def test_refuses_credentials_where_others_can_read() -> None:
    """Neither a command line nor a file of the project is a place for a password."""
    with pytest.raises(InvalidValue, match="credentials, which are not shown") as caught:
        public_address("https://bot:secret@prometheus.example.com")

    assert "secret" not in str(caught.value)
    assert "token_file" in caught.value.remedy


SECRETS = st.from_regex(r"[A-Za-z0-9]{12,20}", fullmatch=True)


def _said(text: str) -> str:
    """Return what is said about an address: the error, or the address without credentials."""
    try:
        found = address(text)
    except InvalidValue as fault:
        return str(fault)
    return f"{found.url} {found!r}"


@given(secret=SECRETS, rest=st.sampled_from(["h", "h:port", "h/?x", "", "h/api/v1/query", " h"]))
def test_shows_no_password_whatever_else_is_wrong(secret: str, rest: str) -> None:
    """No message about an address holds the password that stands in it."""
    assert secret not in _said(f"https://bot:{secret}@{rest}")
