"""slogen YAML, ``apiVersion: slogen/v1``: definitions as data."""

from slogen.formats.definitions.document import SUFFIXES, Loader

__all__ = ["SUFFIXES", "Loader"]
