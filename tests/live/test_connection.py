"""How a Prometheus is reached: the command line, the environment and the project file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from slogen.errors import InvalidValue, ToolMissing
from slogen.live.client import Prometheus
from slogen.live.connection import Connection, connection, readers_in
from slogen.live.errors import ServerUnreachable
from slogen.units import Duration

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://prometheus.example.com"


def test_the_command_line_wins_over_the_environment_and_that_over_the_file() -> None:
    """Who is nearer to the user is heard first."""
    values = {"url": "https://file.example.com", "tenant": "shop"}
    environment = {"SLOGEN_LIVE_URL": "https://environment.example.com"}

    assert _url(connection(values, {}, URL)) == URL
    assert _url(connection(values, environment)) == "https://environment.example.com"
    assert _url(connection(values, {})) == "https://file.example.com"
    assert connection({"tenant": "shop"}, {}) is None


def _url(found: Connection | None) -> str:
    assert found is not None
    assert found.tenant == "shop"
    return found.url


def test_reads_the_environment(tmp_path: Path) -> None:
    """Each key of the table has a variable, the token one that the table does not have."""
    environment = {
        "SLOGEN_LIVE_URL": "https://bot:secret@prometheus.example.com",
        "SLOGEN_LIVE_TENANT": "shop",
        "SLOGEN_LIVE_TOKEN": "hush",
        "SLOGEN_LIVE_CA_FILE": str(tmp_path / "ca.pem"),
        "SLOGEN_LIVE_TIMEOUT": "2m",
        "SLOGEN_LIVE_CLIENT_KEY": "",
    }

    assert connection({}, environment) == Connection(
        url=URL,
        user="bot",
        password="secret",  # noqa: S106 (a test)
        token="hush",  # noqa: S106 (a test)
        tenant="shop",
        ca_file=tmp_path / "ca.pem",
        timeout=Duration("2m"),
    )


def test_reads_a_token_from_its_file(tmp_path: Path) -> None:
    """The end of the line is no part of a token; one of the environment goes first."""
    file = tmp_path / "token"
    file.write_text("hush\n")
    values = {"url": URL, "token_file": file}
    first, second = connection(values, {}), connection(values, {"SLOGEN_LIVE_TOKEN": "louder"})

    assert first is not None
    assert second is not None
    assert (first.token, second.token) == ("hush", "louder")
    assert "hush" not in repr(first)


@pytest.mark.parametrize("content", [b"", b"two tokens", b"\xff\xfe", b"a\nb"])
def test_refuses_a_file_without_a_token(tmp_path: Path, content: bytes) -> None:
    """What is no token is refused before it is sent anywhere, and is not shown."""
    file = tmp_path / "token"
    file.write_bytes(content)

    with pytest.raises(InvalidValue, match="token_file is ") as caught:
        connection({"url": URL, "token_file": file}, {})
    assert "two" not in str(caught.value)


@pytest.mark.parametrize("name", ["hush-hush", "hu/sh-hush", "hush" * 100])
def test_a_token_in_the_place_of_its_file_is_not_shown(tmp_path: Path, name: str) -> None:
    """The folder is, where there is one, and where a token itself belongs."""
    with pytest.raises(InvalidValue, match="token_file is ") as caught:
        connection({"url": URL, "token_file": tmp_path / name}, {})

    assert "hush" not in str(caught.value)
    assert (str(tmp_path) in str(caught.value)) == ("/" not in name)
    assert "a token itself stands in SLOGEN_LIVE_TOKEN" in str(caught.value)


def test_says_which_variable_is_wrong() -> None:
    """A fault of the environment names the variable, and shows no token."""
    with pytest.raises(InvalidValue, match="SLOGEN_LIVE_TIMEOUT is"):
        connection({}, {"SLOGEN_LIVE_URL": URL, "SLOGEN_LIVE_TIMEOUT": "soon"})
    with pytest.raises(InvalidValue, match="SLOGEN_LIVE_TOKEN is no token") as caught:
        connection({}, {"SLOGEN_LIVE_URL": URL, "SLOGEN_LIVE_TOKEN": "a secret"})
    assert "a secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tenant", "a\nb"),
        ("tenant", 7),
        ("timeout", "1h"),
        ("timeout", 30),
        ("ca_file", ""),
        ("ca_file", "https://bot:hush@x"),
    ],
)
def test_refuses_values_of_the_table(tmp_path: Path, key: str, value: Any) -> None:  # noqa: ANN401 (TOML)
    """A key of the table is checked when the project file is read."""
    with pytest.raises(InvalidValue, match="is ") as caught:
        readers_in(tmp_path)[key](value)
    assert "hush" not in str(caught.value)


def test_a_file_of_certificates_that_is_none(tmp_path: Path) -> None:
    """A certificate that is missing is said by the key that names it."""
    with pytest.raises(ServerUnreachable, match=r"ca_file is .*, which is no file"):
        Prometheus(Connection(url=URL, ca_file=tmp_path / "no.pem"))


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it everything else of slogen works, and this says what is missing."""
    monkeypatch.setitem(sys.modules, "urllib3", None)

    with pytest.raises(ToolMissing, match="pip install 'urllib3>="):
        Prometheus(URL)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_refuses_a_token_file_that_is_no_regular_file(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """A pipe would be waited for, and a device never ends."""
    file = tmp_path / "token"
    make(file)

    with pytest.raises(InvalidValue, match=r"token_file is .*, which is no regular file"):
        connection({"url": URL, "token_file": file}, {})
    with pytest.raises(InvalidValue, match="token_file is /dev/zero, which is no regular file"):
        connection({"url": URL, "token_file": Path("/dev/zero")}, {})
