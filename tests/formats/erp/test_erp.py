"""The ERP's ConfigMaps say what the example in Python says, as far as they say it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from slogen import SLO, AlertPolicy, Service, load
from slogen.errors import InputError
from slogen.formats.loading import load_paths
from tests import golden_cases

MAPS = golden_cases.FOLDER / "erp-configmaps"
EXAMPLES = ("throughput", "saturation", "interaction")
"""Indicators without an objective, for which the example has objectives of its own."""


def bare(slo: SLO) -> SLO:
    """Return an SLO without what no ConfigMap holds: alerts, owners and settings."""
    service = Service(slo.service.name, origin=None)
    return attrs.evolve(slo, service=service, owner="", alerts=AlertPolicy.standard())


def test_the_result_is_the_example_in_python() -> None:
    """Each objective of the ConfigMaps is the one that was written by hand."""
    by_hand = load(golden_cases.ROOT / "docs" / "examples" / "erp")
    expected = {bare(slo) for slo in by_hand if slo.name not in EXAMPLES}

    assert {bare(slo) for slo in load(MAPS)} == expected


def test_each_contradiction_is_a_warning_at_its_place() -> None:
    """A ruling is said where the ConfigMap made one necessary."""
    findings = load_paths([MAPS]).findings

    assert len(findings) == 17
    assert {finding.severity for finding in findings} == {"warning"}
    for finding in findings:
        place = finding.position
        assert place is not None
        assert Path(place.file).read_text("utf-8").splitlines()[place.line - 1].strip()


def test_indicators_alone_are_no_slos() -> None:
    """The one ConfigMap needs the other, in whatever order they are named."""
    slis, slos = MAPS / "api-slis.yaml", MAPS / "slo-definitions.yaml"

    assert len(load(slis, slos)) == len(load(slos, slis)) == 10
    with pytest.raises(InputError, match="there is no SLO"):
        load(slis)
    with pytest.raises(InputError, match=r"slis\.yaml, too"):
        load(slos)


@pytest.mark.parametrize(
    "data",
    [
        "  slos.yaml: 'slos: {}'\n",
        "  slos.yaml: >\n    slos:\n      a: 1\n",
        "  slos.yaml: |\n    - 1\n",
        "  slos.yaml: |\n    slos: [\n",
        "  slos.yaml: [1]\n",
        "  slos.yaml: |\n    slos:\n      a:\n        service: [1]\n",
        "  slis.yaml: |\n    services:\n      a: 1\n",
        "  slos.yaml: |\n",
    ],
)
def test_broken_yaml_within_a_text_has_its_place_in_the_file(data: str, tmp_path: Path) -> None:
    """A fault in the inner YAML stands where somebody can mend it."""
    file = tmp_path / "map.yaml"
    file.write_text(f"apiVersion: v1\nkind: ConfigMap\ndata:\n{data}", "utf-8")

    with pytest.raises(InputError, match=r".") as caught:
        load(file)
    places = [fault.position for fault in caught.value.diagnostics]

    assert all(place is None or place.line >= 4 for place in places)
    assert any(places)
