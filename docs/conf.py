"""How Sphinx makes the site of the pages in this folder: ``nox -s docs``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slogen import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "slogen"
author = "The slogen maintainers"
copyright = "The slogen maintainers"  # noqa: A001 -- the name that Sphinx reads
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
suppress_warnings = ["misc.highlighting_failure"]  # Pygments' PromQL knows no colons in names
needs_sphinx = "8.1"

myst_heading_anchors = 6
myst_enable_extensions = ["colon_fence", "deflist"]

autodoc_typehints = "none"  # types stand in the signature
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = f"slogen {release}"
html_show_sourcelink = False
html_static_path = ["static"]
html_css_files = ["site.css"]

_ROOT_PAGES = {"changelog": "CHANGELOG.md", "contributing": "CONTRIBUTING.md"}
"""Pages of the site, and the files of the folder above that they show."""


def _show_root_page(_app: Sphinx, page: str, source: list[str]) -> None:
    """Put the text of a file above this folder into its page, with links as they are here."""
    file = _ROOT_PAGES.get(page)
    if file is not None:
        text = (Path(__file__).parent.parent / file).read_text("utf-8").replace("](docs/", "](")
        for name, target in _ROOT_PAGES.items():
            text = text.replace(f"]({target})", f"]({name}.md)")
        source[0] = text


def setup(app: Sphinx) -> None:
    """Connect what Sphinx calls."""
    app.connect("source-read", _show_root_page)
