"""The folders of the tests of the command line serve here as well."""

from tests.cli.conftest import folder, scratch

__all__ = ["folder", "scratch"]
