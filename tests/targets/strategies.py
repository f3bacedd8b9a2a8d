"""Rules with any texts in them, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from slogen.rules import AlertingRule, RecordingRule, RuleGroup
from slogen.units import Duration

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LABEL_NAMES = st.sampled_from(["a", "tenant", "_x", "on", "no", "y", "null", "true", "n1"])
MAPPINGS = st.dictionaries(LABEL_NAMES, TEXTS, max_size=3)
SPANS = st.none() | st.integers(1, 10**6).map(lambda seconds: Duration(f"{seconds}s"))
RECORDING = st.builds(RecordingRule, record=TEXTS, expr=TEXTS, labels=MAPPINGS)
ALERTING = st.builds(
    AlertingRule,
    alert=TEXTS,
    expr=TEXTS,
    for_=SPANS,
    keep_firing_for=SPANS,
    labels=MAPPINGS,
    annotations=MAPPINGS,
)
GROUPS = st.builds(
    RuleGroup,
    name=TEXTS,
    interval=SPANS.filter(bool),
    query_offset=SPANS,
    rules=st.lists(RECORDING | ALERTING, min_size=1, max_size=3).map(tuple),
)
