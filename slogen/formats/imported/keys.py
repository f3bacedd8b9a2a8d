"""How other tools spell the keys of their files."""

from __future__ import annotations

import re

_HUMP = re.compile(r"_([a-z])")


def camel_case(name: str) -> str:
    """Return a key as resources of Kubernetes write it.

    >>> camel_case("error_query")
    'errorQuery'
    """
    return _HUMP.sub(lambda found: found[1].upper(), name)
