"""A project to begin with: definitions, a project file, hooks and a workflow, as texts."""

from slogen.starter.choices import Starter
from slogen.starter.files import StarterFile, starter_files
from slogen.starter.requirement import REPOSITORY, requirement

__all__ = ["REPOSITORY", "Starter", "StarterFile", "requirement", "starter_files"]
