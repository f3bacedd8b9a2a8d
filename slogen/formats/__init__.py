"""From files to the model. One module a format."""

from slogen.formats.loading import Loaded, load_paths
from slogen.formats.project import find_project, load_project

__all__ = ["Loaded", "find_project", "load_paths", "load_project"]
