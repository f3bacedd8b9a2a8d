"""The codes of what is said about the sides of a diff."""

from slogen.review.comparison.revision import UnknownRevision

CODES = (UnknownRevision.entry,)
"""All of them."""
