"""Entries of the library in YAML: the same indicators as in Python, and places of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from slogen.formats import dump, load_paths
from slogen.formats.slogen_yaml.schema import schema
from tests.library.cases import CASES, Case

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.formats import Loaded

_HEAD = """\
apiVersion: slogen/v1
services:
  - name: shop
    slos:
      - name: n
        objective: 99%
        window: 30d
        sli:
"""


def _loaded(folder: Path, sli: str) -> Loaded:
    file = folder / "slos.yaml"
    file.write_text(f"{_HEAD}{sli}")
    return load_paths([file])


def _tree(case: Case) -> dict[str, object]:
    return {"library": {case.entry: dict(case.arguments)}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.entry)
def test_yaml_gives_what_python_gives(case: Case, tmp_path: Path) -> None:
    """An entry with the same arguments is the same indicator."""
    lines = "".join(f"              {key}: '{value}'\n" for key, value in case.arguments.items())
    body = f"            {case.entry}:\n{lines}" if lines else f"            {case.entry}: {{}}\n"
    loaded = _loaded(tmp_path, f"          library:\n{body}")

    assert loaded.faults == ()
    assert [slo.sli for slo in loaded.slos] == [case.slo("n").sli]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.entry)
def test_the_schema_accepts_an_entry(case: Case) -> None:
    """Editors complete the names of entries, and the words of their choices."""
    slo = {"name": "n", "objective": "99%", "window": "30d", "sli": _tree(case)}
    file = {"apiVersion": "slogen/v1", "services": [{"name": "s", "slos": [slo]}]}

    Draft202012Validator(schema()).validate(file)


def test_what_an_entry_makes_is_written_as_its_kind(tmp_path: Path) -> None:
    """`slogen list --format yaml` shows which series an entry reads, and what was chosen."""
    loaded = _loaded(tmp_path, "          {library: {envoy_requests: {cluster: shop}}}\n")
    text = dump(loaded.slos)
    (tmp_path / "again.yaml").write_text(text)

    assert 'total: envoy_cluster_upstream_rq_xx{envoy_cluster_name="shop"}' in text
    assert "note: after retries; 429 and 499 are of class 4 and count as good" in text
    assert load_paths([tmp_path / "again.yaml"]).slos == loaded.slos


_FAULTS = {
    "{library: {envoy_request: {cluster: a}}}": "10:22 envoy_request is no key that slogen knows",
    "{library: {envoy_requests: {custer: a}}}": "10:39 custer is no key that slogen knows here",
    "{library: {envoy_requests: {}}}": "10:38 cluster is missing",
    "{library: envoy_requests}": '10:21 library is the text "envoy_requests"',
    "{library: {}}": "10:21 library is without an entry",
    "{library: {probe_up: {job: a}, push_age: {}}}": "10:21 library is of 2 entries",
    "{library: {envoy_requests: {cluster: 5}}}": "10:48 cluster is the number 5",
    "{library: {envoy_requests: [a]}}": "10:38 envoy_requests is a list",
    "{library: {envoy_latency: {cluster: a, under: 5}}}": "10:57 under is the number 5",
    "{library: {apiserver_requests: {verbs: rad}}}": "10:50 verbs is 'rad'",
    "{librar: {envoy_requests: {cluster: a}}}": "10:12 librar is no key that slogen knows here",
}


@pytest.mark.parametrize(("sli", "said"), _FAULTS.items(), ids=_FAULTS.keys())
def test_a_fault_has_its_place(sli: str, said: str, tmp_path: Path) -> None:
    """What is wrong with an entry stands where it was written."""
    (fault,) = _loaded(tmp_path, f"          # an entry\n          {sli}\n").faults
    at = fault.position

    assert at is not None
    assert f"{at.line}:{at.column} {fault}".startswith(said)


_REMEDIES = {
    "{library: {envoy_request: {cluster: a}}}": 'did you mean "envoy_requests"?',
    "{library: {kafka: {group: a}}}": 'did you mean "kafka_lag"?',
    "{library: {nginx: {}}}": 'did you mean "nginx_ingress_latency" or "nginx_ingress_requests"?',
    "{library: {haproxy: {}}}": "docs/reference/library.md lists the entries",
    "{library: {}}": "docs/reference/library.md lists the entries",
    "{library: envoy_requests}": (
        "write its arguments behind it, such as {envoy_requests: {cluster: shop}}"
    ),
    "{library: envoy}": 'did you mean "envoy_latency" or "envoy_requests"?',
    "{envoy_requests: {cluster: a}}": (
        "envoy_requests is an entry of the library: write library: {envoy_requests: ...} in sli"
    ),
    "{library: {envoy_requests: {cluster: a}}, up: {gauge: up}}": (
        "keep one of library, up: another one is an SLO of its own"
    ),
}


@pytest.mark.parametrize(("sli", "remedy"), _REMEDIES.items(), ids=_REMEDIES.keys())
def test_a_fault_has_its_remedy(sli: str, remedy: str, tmp_path: Path) -> None:
    """Whoever does not know the entries finds the right one."""
    (fault,) = _loaded(tmp_path, f"          # an entry\n          {sli}\n").faults

    assert fault.diagnostic.remedy == remedy


def test_all_faults_of_an_entry_are_reported_together(tmp_path: Path) -> None:
    """An argument that is wrong hides no other one."""
    loaded = _loaded(
        tmp_path,
        "          library:\n"
        "            nginx_ingress_requests: {ingress: '', client_closed: goood, where: a b}\n",
    )

    assert [str(fault).split(" is ")[0] for fault in loaded.faults] == [
        "ingress",
        "client_closed",
        "where",
    ]
