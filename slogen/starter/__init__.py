"""A project to begin with: definitions, a project file, hooks and a workflow, as texts."""

from slogen.starter.choices import Starter
from slogen.starter.files import StarterFile, starter_files

__all__ = ["Starter", "StarterFile", "starter_files"]
