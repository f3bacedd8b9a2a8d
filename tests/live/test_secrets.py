"""Credentials never come back to the reader, in whatever a server says."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest

from slogen.errors import InvalidValue
from slogen.live import http
from slogen.live.address import address
from slogen.live.client import Prometheus
from slogen.live.connection import Connection
from slogen.live.errors import ServerError
from slogen.live.secrets import Secrets
from tests.live.stub import always, serving, vector
from tests.live.test_client import NOW, ONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.live.stub import Respond

TOKEN = "S3CRETTOKEN"  # noqa: S105 (a test)
PASSWORD = "p4ss:wörd/of <mine>"  # noqa: S105 (a test)
FORMS = (
    TOKEN,
    PASSWORD,
    b64encode(TOKEN.encode()).decode(),
    b64encode(PASSWORD.encode()).decode(),
    b64encode(f"bot:{PASSWORD}".encode()).decode(),
    quote(PASSWORD),
    quote(PASSWORD, safe="").lower(),
    quote_plus(PASSWORD),
    json.dumps(PASSWORD)[1:-1],
    html.escape(PASSWORD),
)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.01,))


def client(url: str) -> Prometheus:
    """Return a client with all kinds of credentials."""
    return Prometheus(Connection(url=url, user="bot", password=PASSWORD, token=TOKEN))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "respond",
    [
        lambda form: always(f"token {form} is not valid".encode(), 401),
        lambda form: always(f"Authorization: Bearer {form}".encode()),
        lambda form: always(f"{'x' * 295} {form}".encode()),
        lambda form: always(f"no {form}".encode(), 503),
        lambda form: always(
            "", 302, Location=f"http://{b64encode(form.encode()).decode()}.example"
        ),
        lambda form: always(f'{{"status":"error","error":"token {form}"}}'.encode(), 422),
        lambda form: always(f'{{"status":"error","errorType":"{form}"}}'.encode(), 422),
    ],
)
def test_no_error_repeats_a_credential(respond: Callable[[str], Respond], form: str) -> None:
    """A server that says what it was sent is not repeated, and neither is a part of it."""
    with serving(respond(form)) as stub, pytest.raises(ServerError) as caught:
        client(stub.url).query(ONE, NOW)

    assert form not in str(caught.value)
    assert form[:5] not in str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_neither_warnings_nor_labels_repeat_a_credential(form: str) -> None:
    """What stands in an answer that is fine is printed as well."""
    with serving(
        always(vector(({"tenant": f"a {form}"}, 1.0), warnings=[f"{form} is old"]))
    ) as stub:
        prometheus = client(stub.url)
        (sample,) = prometheus.query(ONE, NOW)

    assert sample.labels == {"tenant": "a <hidden>"}
    assert form not in " ".join(prometheus.warnings)


@pytest.mark.parametrize("secret", [TOKEN, PASSWORD])
@pytest.mark.parametrize("is_ascii", [True, False])
def test_other_documents_do_not_repeat_a_credential(secret: str, is_ascii: bool) -> None:  # noqa: FBT001 (of json)
    """Names of rules are printed as well, however JSON writes them."""
    data = [{"groups": [{"name": f"rule {secret}"}]}, f"{secret}", 7]
    answer = json.dumps({"status": "success", "data": data}, ensure_ascii=is_ascii)
    with serving(always(answer)) as stub:
        found = client(stub.url).get("/api/v1/rules")

    assert found == [{"groups": [{"name": "rule <hidden>"}]}, "<hidden>", 7]


def test_a_user_without_a_password_is_a_token() -> None:
    """Some services take it so: it is hidden, and said where anyone can read it on its way."""
    with serving(always(f"who is {TOKEN}?", 401)) as stub:
        prometheus = Prometheus(Connection.of(stub.url.replace("//", f"//{TOKEN}@")))
        with pytest.raises(ServerError) as caught:
            prometheus.query(ONE, NOW)

    assert "who is <hidden>?" in str(caught.value)
    assert prometheus.warnings


def test_a_short_password_is_no_part_of_a_label() -> None:
    """A password such as "a" would take every SLO apart."""
    assert Secrets.of("bot", "a", "").out_of_label("database") == "database"


@pytest.mark.parametrize("make", [Connection, Connection.of])
def test_user_and_password_are_taken_out_of_an_address(make: Callable[..., Connection]) -> None:
    """However an address is given, it is shown without them."""
    found = make(url="http://bot:hush-hush@127.0.0.1:1/p/")

    assert (found.url, found.user, found.password) == ("http://127.0.0.1:1/p", "bot", "hush-hush")
    assert "hush-hush" not in repr(found)


@pytest.mark.parametrize("make", [Connection, Connection.of])
@pytest.mark.parametrize(
    "wrong",
    [
        {"token": "S3CRET\r\nX: y"},
        {"token": "S3CRET\u0142"},
        {"token": "S3CRET more"},
        {"tenant": "S3CRET\nX: y"},
        {"tenant": "S3CRET\n"},
        {"tenant": "S3CRET\u0142"},
    ],
)
def test_refuses_what_cannot_stand_in_a_header(
    make: Callable[..., Connection], wrong: dict[str, str]
) -> None:
    """It is refused before it is sent, and not shown."""
    with pytest.raises(InvalidValue, match="allowed: ") as caught:
        make(url="https://prometheus.example.com", **wrong)

    assert "S3CRET" not in str(caught.value)


def test_the_end_of_the_line_is_no_part_of_a_token() -> None:
    """A token that was read from a file works as it does with token_file."""
    found = Connection.of("https://prometheus.example.com", token=f"{TOKEN}\n")

    assert found.token == TOKEN


def test_a_password_may_have_any_letters() -> None:
    """It is sent as UTF-8, as RFC 7617 has it."""
    with serving(always(vector())) as stub:
        where = Connection.of(stub.url.replace("//", "//bot:z%C5%82oty@"))
        Prometheus(where).query(ONE, NOW)

    expected = b64encode("bot:złoty".encode()).decode()
    assert stub.seen[0].headers["authorization"] == f"Basic {expected}"


@pytest.mark.parametrize(
    "text",
    [
        "https://h/p?token=S3CRET",
        "https://h/#S3CRET",
        "https://bot:S3CRET",
        "https://S3CRET:port",
        "bot:S3CRET@h",
        "https://bot:S3CRET%40h",
        "https://bot:S3CRET\\@h",
        "https://h/api/v1/S3CRET",
        "ftp://bot:S3CRET@h",
        "https://h\nS3CRET",
    ],
)
def test_an_address_that_may_hold_a_credential_is_not_shown(text: str) -> None:
    """It is refused, with what is allowed and without a part of it."""
    with pytest.raises(InvalidValue, match="allowed: an address of http or https") as caught:
        address(text)

    assert "S3CRET" not in str(caught.value)
