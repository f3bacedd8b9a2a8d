"""What is said about SLOs in a review: what one of them means, and what an edit of them means.

`diff` compares what `slogen.build` made of two versions of definitions, or the files of an earlier
build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slogen.review.comparison.changes import Diff
    from slogen.review.comparison.differences import diff

__all__ = ["Diff", "diff"]


def __getattr__(name: str) -> object:
    """Import what is asked for: a build needs the history of SLOs alone."""
    if name == "diff":
        from slogen.review.comparison.differences import diff  # noqa: PLC0415 (start-up)

        return diff
    if name == "Diff":
        from slogen.review.comparison.changes import Diff  # noqa: PLC0415 (start-up)

        return Diff
    raise AttributeError(f"module 'slogen.review' has no attribute '{name}'")
