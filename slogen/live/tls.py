"""What is wrong with certificates: those of the connection before it is made, and those of others.

Python and OpenSSL say it in words of their own; who reads them has to know what to change.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.live.connection import Connection

_VOUCH = "name the certificates that vouch for it with ca_file in [live]"
_OTHER_NAME = "write an address that its certificate names"
_RENEW = "give it a certificate that is valid now, or correct the clock of this computer"
_VERIFY_CODES: Mapping[int, str] = {9: _RENEW, 10: _RENEW, 62: _OTHER_NAME, 64: _OTHER_NAME}
"""What to do, by the codes of OpenSSL's ``X509_V_ERR``: not yet valid, expired, another name."""
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL")
_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE")


def fault_of_files(connection: Connection) -> str:
    """Return what is wrong with the files of a connection; the empty text if nothing is."""
    files = {key: getattr(connection, key) for key in ("ca_file", "client_cert", "client_key")}
    for key, file in files.items():
        if file and not file.is_file():
            return f"{key} is {file}, which is no file"
    authority, certificate, key = files.values()
    if key and not certificate:
        return f"client_key is {key}, and client_cert names no certificate for it"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if authority:
            context.load_verify_locations(authority)
    except (OSError, ValueError):
        return f"ca_file is {authority}, which holds no certificate in PEM"
    try:
        if certificate:
            context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError):
        pair = f"client_cert is {certificate}" + (f" and client_key {key}" if key else "")
        return f"{pair}: that is no certificate with its key, in PEM and without a password"
    return ""


def fault_of_handshake(error: BaseException | None) -> tuple[str, str]:
    """Return what a server does that makes no connection, as a verb, and what to do.

    Args:
        error: What Python raised, the innermost of it.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return "is not trusted", _VERIFY_CODES.get(error.verify_code, _VOUCH)
    reason = str(getattr(error, "reason", "") or "")
    if reason in _NO_TLS:
        return "speaks no TLS", "begin its address with http://, or write the port of https"
    if reason in _OLD:
        return "speaks no TLS that is safe", "make it speak TLS 1.2 or later"
    remedy = "where it asks for certificates, name one that it accepts with client_cert in [live]"
    return "breaks the handshake of TLS off", remedy
