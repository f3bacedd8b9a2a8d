"""How a Prometheus is reached: address, tenant, credentials, certificates, time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import attrs

from slogen.diagnostics import reason_of
from slogen.errors import InvalidValue
from slogen.live.address import address, public_address
from slogen.live.secrets import Secrets
from slogen.units import Duration, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ENVIRONMENT = "SLOGEN_LIVE_"
"""How the names of environment variables begin that win over the project file."""
TIMEOUT = Duration("30s")
"""How long a query may take, with all its tries."""
TOTAL_TIMEOUT = Duration("5m")
"""How long all queries of a command may take."""
_LONGEST_TIMEOUT, _LONGEST_TOTAL = Duration("10m"), Duration("1h")
_LONGEST_TOKEN = 100_000
_TOKEN_ITSELF = f"write the path of a file; a token itself stands in {ENVIRONMENT}TOKEN"


def _token(text: object, subject: str, found: str) -> str:
    """Return a token that can stand in a header, without the end of its line."""
    token = text.strip() if isinstance(text, str) else ""
    if not token.isascii() or not token.isprintable() or " " in token or not token:
        allowed = "one token, of printable ASCII characters"
        raise InvalidValue(subject, found, allowed)
    return token


def _optional_token(value: str) -> str:
    return _token(value, "token", "no token") if value else ""


def _tenant(value: object) -> str:
    if not isinstance(value, str) or not value.isascii() or not value.isprintable() or not value:
        allowed = 'the name of a tenant, such as "shop", of printable ASCII characters'
        raise InvalidValue("tenant", "no name of a tenant", allowed)
    return value


def _optional_tenant(value: str) -> str:
    return _tenant(value) if value else ""


@attrs.frozen(kw_only=True)
class Connection:
    """How a Prometheus is reached.

    Certificates are always checked: there is no switch for that, by design.

    Attributes:
        url: Its address; user and password are taken out of it.
        user: Who asks, by HTTP's basic authentication; the empty text for nobody.
        password: Their password.
        token: A token that is sent instead, as ``Authorization: Bearer``.
        tenant: Whose series are asked for, of Mimir and its kin (``X-Scope-OrgID``).
        ca_file: The certificates of those who may vouch for the server; the system's unless given.
        client_cert: The certificate that slogen shows, in PEM.
        client_key: Its key; None where the certificate's file holds it.
        timeout: How long a query may take, with all its tries.
        total_timeout: How long all queries of a command, or of a report, may take.

    Raises:
        InvalidValue: If the address, the token or the tenant is none; no credential is shown.

    >>> connection = Connection.of("https://prometheus.example.com/prometheus", tenant="shop")
    >>> connection.url, connection.tenant, str(connection.timeout)
    ('https://prometheus.example.com/prometheus', 'shop', '30s')
    """

    url: str
    user: str = ""
    password: str = attrs.field(default="", repr=False)
    token: str = attrs.field(default="", repr=False, converter=_optional_token)
    tenant: str = attrs.field(default="", converter=_optional_tenant)
    ca_file: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    timeout: Duration = TIMEOUT
    total_timeout: Duration = TOTAL_TIMEOUT

    def __attrs_post_init__(self) -> None:
        """Take user and password out of the address, so that no message shows them."""
        where = address(self.url)
        given = {"url": where.url}
        if where.has_credentials and not (self.user or self.password):
            given |= {"user": where.user, "password": where.password}
        for name, value in given.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, url: str, **options: Any) -> Self:  # noqa: ANN401 (the other attributes)
        """Return the connection to an address, which may hold user and password.

        Raises:
            InvalidValue: If it is no address of http or https, or a token or tenant is none.
        """
        return cls(url=url, **options)

    @property
    def secrets(self) -> Secrets:
        """What nobody may read."""
        return Secrets.of(self.user, self.password, self.token)

    @property
    def is_exposed(self) -> bool:
        """Whether credentials go over the network as anyone on it can read them."""
        has_credentials = bool(self.token or self.password or self.user)
        return has_credentials and self.url.startswith("http://")


def connection(
    values: Mapping[str, Any], environment: Mapping[str, str], url: str = ""
) -> Connection | None:
    """Return how a Prometheus is reached; None if nobody says where it is.

    The command line goes before the environment, and that before the project file. User and
    password belong to the address that they stand in, and go to no other.

    Args:
        values: What the project file says, as `READERS` read it.
        environment: The environment variables.
        url: What the command line says, if anything.

    Raises:
        InvalidValue: If a variable is wrong, or a file with a token cannot be read.
    """
    said = dict(values) | _of_environment(environment)
    token = said.pop("token", "")
    token_file = said.pop("token_file", None)
    given = url or said.pop("url", "")
    said.pop("url", None)
    if not given:
        return None
    if token_file and not token:
        token = read_token(token_file)
    return Connection.of(given, token=token, **said)


def read_token(file: Path) -> str:
    """Return the token in a file, without the end of the line.

    Raises:
        InvalidValue: If there is no token in it. The message does not show what there is.
    """
    try:
        is_other = file.exists() and not file.is_file()
        text = "" if is_other else _beginning(file)
    except OSError as error:
        raise InvalidValue(
            "token_file", f"{_shown(file)}: {reason_of(error)}", "a file", _TOKEN_ITSELF
        ) from error
    except ValueError as error:
        raise InvalidValue("token_file", f"{file}, which is no text", "a token") from error
    if is_other:
        raise InvalidValue("token_file", f"{file}, which is no regular file", "a file")
    return _token(text, "token_file", f"{file}, which holds none")


def _beginning(file: Path) -> str:
    with file.open(encoding="utf-8") as stream:
        return stream.read(_LONGEST_TOKEN + 1).strip()


def _shown(file: Path) -> str:
    """Return what is shown of a file that is none: its name may be the token itself."""
    folder = file.absolute().parent
    return f"the name of no file in {folder}" if folder.is_dir() else "in no folder that exists"


def _of_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what environment variables say; an empty one says nothing."""
    readers: dict[str, Callable[[Any], Any]] = {
        **readers_in(Path()),
        "url": _known_address,
        "token": lambda text: _token(text, "token", "no token"),
    }
    found: dict[str, Any] = {}
    for key, reader in readers.items():
        name = f"{ENVIRONMENT}{key.upper()}"
        if text := environment.get(name, "").strip():
            try:
                found[key] = reader(text)
            except InvalidValue as fault:
                raise attrs.evolve(fault, subject=name) from fault.__cause__
    return found


def _known_address(text: str) -> str:
    """Return an address as it stands, which may hold credentials in the environment."""
    address(text)
    return text


def readers_in(folder: Path) -> Mapping[str, Callable[[Any], Any]]:
    """Return the functions that read the keys of the table ``[live]``, by their names.

    Args:
        folder: What paths are relative to.
    """
    return {
        "url": public_address,
        "tenant": _tenant,
        "token_file": lambda value: _file(folder, value),
        "ca_file": lambda value: _file(folder, value),
        "client_cert": lambda value: _file(folder, value),
        "client_key": lambda value: _file(folder, value),
        "timeout": lambda value: _timeout("timeout", value, _LONGEST_TIMEOUT),
        "total_timeout": lambda value: _timeout("total_timeout", value, _LONGEST_TOTAL),
    }


def _file(folder: Path, value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise InvalidValue("file", repr(value), "the path of a file")
    if "://" in value:
        raise InvalidValue("file", "an address, which is not shown", "the path of a file")
    return folder / value


def _timeout(key: str, value: object, longest: Duration) -> Duration:
    if not isinstance(value, str):
        raise InvalidValue(key, repr(value), 'a duration such as "30s"')
    duration = Duration(value)
    if duration > longest:
        raise InvalidValue(key, quoted(value), f"at most {longest}")
    return duration
