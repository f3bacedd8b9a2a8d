"""What came out of proofs as JUnit XML, for CI servers: a suite an SLO, a case a scenario."""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from slogen.cli.report import difference, question
from slogen.targets.output import explained

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from slogen.trial.proving import SLOVerdict
    from slogen.trial.verdicts import FileVerdict, ScenarioVerdict

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def write(path: Path, verdicts: Iterable[SLOVerdict]) -> None:
    """Write a file in one step: a reader sees the old one or the new one.

    Raises:
        OutputError: If the file system refuses.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.slogen-tmp")
    try:
        with explained(path):
            temporary.write_bytes(text(verdicts))
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def text(verdicts: Iterable[SLOVerdict]) -> bytes:
    """Return the document."""
    root = ET.Element("testsuites", name="slogen test")
    for one in verdicts:
        root.append(_suite(one))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(verdict: SLOVerdict) -> ET.Element:
    decided = sum(one.is_decided for one in verdict.scenarios)
    suite = _element(
        "testsuite",
        name=verdict.slo_id,
        tests=str(len(verdict.scenarios)),
        failures=str(sum(bool(one.failures) for one in verdict.scenarios)),
        errors=str(len(verdict.scenarios) - decided),
    )
    suite.extend(
        _case(verdict.slo_id, one, file) for file in verdict.files for one in file.scenarios
    )
    if verdict.remarks:
        suite.append(_element("system-out", "\n".join(verdict.remarks)))
    return suite


def _case(slo_id: str, verdict: ScenarioVerdict, file: FileVerdict) -> ET.Element:
    case = _element("testcase", classname=slo_id, name=verdict.scenario.name)
    if not verdict.is_decided:
        case.append(_element("error", file.output, message=f"no verdict: {file.trouble}"))
    elif verdict.failures:
        questions = [question(failure) for failure in verdict.failures]
        details = zip(questions, map(difference, verdict.failures), strict=True)
        lines = [line for asked, told in details for line in (asked, *told)]
        case.append(_element("failure", "\n".join(lines), message=questions[0]))
    return case


def _element(tag: str, content: str | None = None, **attributes: str) -> ET.Element:
    element = ET.Element(tag, {name: _allowed(value) for name, value in attributes.items()})
    element.text = content and _allowed(content)
    return element


def _allowed(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
