"""slogen YAML, ``apiVersion: slogen/v1``: definitions as data."""

from slogen.formats.definitions.document import Loader

__all__ = ["Loader"]
