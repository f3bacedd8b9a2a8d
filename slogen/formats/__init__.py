"""From files to the model. One module a format."""

from slogen.formats.project import find_project, load_project
from slogen.formats.script import load_paths

__all__ = ["find_project", "load_paths", "load_project"]
