"""What real servers say of expressions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.realtools import promtool

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_REFUSED = re.compile(r'"r([0-9]+)": could not parse expression')


def refused(line: str, expressions: Iterable[str], folder: Path) -> list[str]:
    """Return the expressions that Prometheus of a line refuses in a rule, in their order."""
    chosen = list(expressions)
    rules = [{"record": f"r{index}", "expr": text} for index, text in enumerate(chosen)]
    file = folder / "rules.json"
    file.write_text(json.dumps({"groups": [{"name": "g", "rules": rules}]}))
    try:
        promtool.check_rules(line, [file])
    except promtool.PromtoolError as error:
        return [chosen[int(number)] for number in _REFUSED.findall(str(error))]
    return []
