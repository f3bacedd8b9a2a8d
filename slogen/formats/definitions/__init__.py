"""slogen YAML, ``apiVersion: slogen/v1``: definitions as data."""

from slogen.formats.definitions.document import Loader
from slogen.formats.definitions.inheriting import SUFFIXES

__all__ = ["SUFFIXES", "Loader"]
