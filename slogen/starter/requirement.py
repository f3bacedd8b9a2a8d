"""What CI has to install: slogen from where it is installed here, in the same version."""

from __future__ import annotations

import json
from urllib.parse import urlsplit, urlunsplit

from slogen import __version__

REPOSITORY = "https://git.example.com/sre/slogen"
"""The address that the docs have for the repository, which everybody has to replace."""
_PROOF = "slogen[proof]"


def requirement(direct_url: str | None) -> str:
    """Return the requirement for pip.

    What stands in a folder of this machine cannot be had from elsewhere: then it is that of the
    docs, with `REPOSITORY`.

    >>> requirement(None) == f"slogen[proof]=={__version__}"
    True
    >>> requirement('{"url": "https://git.acme.io/slogen", "vcs_info": {"commit_id": "c0ffee"}}')
    'slogen[proof] @ git+https://git.acme.io/slogen@c0ffee'

    Args:
        direct_url: The file ``direct_url.json`` of the installed package, which pip writes where it
            did not come from an index; None if there is none.
    """
    if direct_url is None:
        return f"{_PROOF}=={__version__}"
    origin = json.loads(direct_url)
    url = _without_password(origin["url"])
    if url.startswith("file:"):
        return f"{_PROOF} @ git+{REPOSITORY}@v{__version__}"
    if vcs := origin.get("vcs_info"):
        return f"{_PROOF} @ git+{url}@{vcs.get('requested_revision') or vcs['commit_id']}"
    return f"{_PROOF} @ {url}"


def _without_password(url: str) -> str:
    """Return an address without what nobody should read in a file; ssh keeps its user."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    kept = f"{user.partition(':')[0]}{at}{host}" if parts.scheme == "ssh" else host
    return urlunsplit(parts._replace(netloc=kept))
