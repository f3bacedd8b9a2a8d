"""Mutants of what SLOs of one shape share."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_SHARING = (
    *mutants(
        "slogen/compiler/stand_ins.py",
        (
            "hashed-names-are-shared",
            "kept = {service} if is_hashed else set()",
            "kept: set[str] = set()",
            "the address of a dashboard holds a hash of the name",
        ),
        (
            "stand-ins-are-short",
            'ascii_letters[len(found)] + _MARK.ljust(length - 1, "-")',
            "ascii_letters[len(found)] + _MARK",
            "lines of PromQL are broken by their lengths",
        ),
        (
            "marks-are-passed-over",
            "return _MARK in repr(slo) or _MARK in uid",
            "return False",
            "a text of the user's is taken for a stand-in",
        ),
        (
            "words-of-yaml-are-plain",
            "(?!(?i:yes|off|true|false|null|nan|inf|infinity)\\Z)",
            "",
            "true is written between quotes, a stand-in is not",
        ),
    ),
    *mutants(
        "slogen/compiler/sharing.py",
        (
            "orders-of-labels-are-shared",
            "return cls(slo, tuple(map(tuple, (slo.identity, *alerts))))",
            "return cls(slo, ())",
            "labels stand in the order in which they were given",
        ),
    ),
)
