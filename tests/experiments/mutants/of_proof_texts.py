"""Mutants of what proofs expect alerts to say."""

from __future__ import annotations

from tests.experiments.mutants.mutant import mutants

OF_PROOF_TEXTS = (
    *mutants(
        "slogen.proof.texts:_Scene.of",
        (
            "proof-groups-burn-alike",
            "min(_SHORT.multiply(first, _BETWEEN), _ONE)",
            "first",
            "the text of one group would do for the other one",
        ),
    ),
    *mutants(
        "slogen.proof.rendering:Rendering._printed",
        (
            "proof-other-branch",
            "node.otherwise if result is None else node.body",
            "node.body",
            "a text is said to stand where its query gives nothing",
        ),
    ),
    *mutants(
        "slogen.proof.texts:_Scene._busy",
        (
            "proof-of-texts-in-usual-time",
            "_BUSY if slo.definition.sli.counts_events else slo.windows[-1].seconds",
            "_BUSY",
            "what was not seen of a window is said to be as bad as the rest",
        ),
    ),
    *mutants(
        "slogen.proof.texts:texts",
        (
            "proof-of-texts-every-5m",
            "slo.timing.slow_interval >= LOOK_BACK",
            "slo.timing.slow_interval > LOOK_BACK",
            "Prometheus 3 sees nothing of what its texts ask for",
        ),
    ),
)
