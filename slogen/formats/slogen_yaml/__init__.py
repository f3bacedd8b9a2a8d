"""slogen YAML, ``apiVersion: slogen/v1``: definitions as data."""

from slogen.formats.slogen_yaml.document import Loader

__all__ = ["Loader"]
