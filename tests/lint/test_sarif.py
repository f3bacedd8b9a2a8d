"""SARIF: right by its schema, with relative paths, places in characters, and the same each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from slogen.diagnostics import Fix
from slogen.lint.sarif import as_sarif
from tests.lint.findings import CHANGED, ODD, WRONG, finding
from tests.realtools.npm import SARIF, SARIF_SCHEMA, file_of

CODES = (WRONG, CHANGED, ODD)
FINDINGS = [
    finding(line=6, column=20, end_column=24, fix=Fix("odd", "even")),
    finding(entry=CHANGED, slo_id="", file="slos/é b.yaml"),
    finding(entry=WRONG, slo_id="", argument=None, file=str(Path.cwd().parent / "up.py")),
]


def document(*findings: Any) -> dict[str, Any]:  # noqa: ANN401 (diagnostics)
    """Return the document as a reader has it."""
    read: dict[str, Any] = json.loads(as_sarif(findings or FINDINGS, CODES, "1.2.3"))
    return read


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    """Return what knows the schema of SARIF 2.1.0."""
    return Draft7Validator(json.loads(file_of(SARIF, SARIF_SCHEMA).read_text("utf-8")))


def test_the_schema_takes_it(validator: Draft7Validator) -> None:
    """A document with everything is valid, and so is one without findings."""
    validator.validate(document())
    validator.validate(json.loads(as_sarif([], CODES, "1.2.3")))


def test_the_schema_refuses_what_is_wrong(validator: Draft7Validator) -> None:
    """The schema that the tests have does look: a level and a column that cannot be are seen."""
    wrong = document()
    wrong["runs"][0]["results"][0]["level"] = "fatal"
    region = wrong["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"]
    region["startColumn"] = 0

    assert len(list(validator.iter_errors(wrong))) >= 2


def test_a_result_has_its_rule_and_place() -> None:
    """Columns are characters from 1, the end is exclusive, and rules are those that are used."""
    (run,) = document(FINDINGS[0])["runs"]
    (result,) = run["results"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "odd",
            "shortDescription": {"text": "Something may harm."},
            "fullDescription": {"text": "It may harm."},
            "help": {"text": "Do less."},
            "defaultConfiguration": {"level": "warning"},
        }
    ]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("odd", 0, "warning")
    assert result["message"] == {"text": "shop-a: it is odd"}
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"name": "shop-a", "kind": "object"}]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "slos/shop.yaml"},
        "region": {"startLine": 6, "startColumn": 20, "endColumn": 24},
    }
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "even"}


def test_paths_are_relative_uris() -> None:
    """Letters that a URI cannot have are escaped, and no path says where the folder stands."""
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in document()["runs"][0]["results"]
    ]

    assert uris == ["slos/shop.yaml", "slos/%C3%A9%20b.yaml", "../up.py"]


def test_a_fingerprint_does_not_move_with_lines() -> None:
    """Code hosts know a finding again by it, whatever is written above."""
    prints = [
        document(each)["runs"][0]["results"][0]["partialFingerprints"]
        for each in (finding(line=1), finding(line=9), finding(found="it is even"))
    ]

    assert prints[0] == prints[1] != prints[2]
