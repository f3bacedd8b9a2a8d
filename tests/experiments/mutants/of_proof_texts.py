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
            "_BUSY if slo.definition.sli.counts_events else _ONE",
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
    *mutants(
        "slogen.proof.texts:_remarks",
        (
            "proof-silent-about-texts",
            "name in unknown and name not in compared",
            "False",
            "nothing says which texts are not compared",
        ),
        (
            "proof-remarks-on-what-is-compared",
            "name in unknown and name not in compared",
            "name in unknown",
            "a text that one of both scenarios compares is said not to be",
        ),
    ),
    *mutants(
        "slogen.proof.texts:_Scene._texts",
        (
            "proof-of-alerts-that-wait",
            "_fires_by(self.feed, alert) > self.at",
            "False",
            "an alert that still waits is said to fire",
        ),
    ),
    *mutants(
        "slogen.proof.texts:_seen_from",
        (
            "proof-sees-raw-series-at-once",
            "rounded_up(timing.counter_offset, timing.slow_interval) if feed.still else _AT_ONCE",
            "_AT_ONCE",
            "a tier is said to fire before both metrics are seen",
        ),
    ),
    *mutants(
        "slogen.proof.texts:_rendered",
        (
            "proof-knows-each-query",
            "rendering.own_text(template) if name in own else rendering.text(template)",
            "rendering.text(template)",
            "a query of the user's own is said to give what slogen's own queries give",
        ),
    ),
    *mutants(
        "slogen.proof.rendering:_tokens",
        (
            "proof-takes-actions-for-text",
            "not is_action and '{{' in text",
            "False",
            "a comment is said to be printed",
        ),
    ),
)
