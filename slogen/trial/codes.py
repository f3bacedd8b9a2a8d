"""What a trial says about a proof that did not pass."""

from __future__ import annotations

from slogen.diagnostics import Code
from slogen.exits import Exit

PROOF_FAILED = Code.error("proof-failed", "a scenario of `slogen test` failed", Exit.FINDINGS)
PROOF_UNDECIDED = Code.error(
    "proof-undecided", "promtool gave no verdict on a file of `slogen test`", Exit.FINDINGS
)
CODES = (PROOF_FAILED, PROOF_UNDECIDED)
"""All of them."""
