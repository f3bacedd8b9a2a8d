"""From files to the model. One module a format."""

from slogen.formats.script import load_paths

__all__ = ["load_paths"]
