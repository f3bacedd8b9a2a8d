"""What Kubernetes takes for names, labels and annotations, and how metadata is written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from slogen.errors import InvalidValue
from slogen.targets.kubernetes import (
    metadata,
    namespace_name,
    resource_annotations,
    resource_labels,
)

NAMES = st.from_regex(r"\A[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?\Z")
LABELS = st.dictionaries(NAMES, NAMES | st.just(""), max_size=4)
TEXTS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P"]) | st.just(" "), max_size=20
)


@pytest.mark.parametrize("name", ["", "a", "a-b", "0", "x" * 63])
def test_takes_a_namespace(name: str) -> None:
    """A name of DNS, or none."""
    assert namespace_name(name) == name


@pytest.mark.parametrize("name", ["A", "-a", "a-", "a.b", "x" * 64, "a b", "ä"])
def test_refuses_what_is_no_namespace(name: str) -> None:
    """The API server would refuse it when the file is applied, which is late."""
    with pytest.raises(InvalidValue, match=r"^namespace is .*\n  allowed: at most 63 of a-z"):
        namespace_name(name)


@pytest.mark.parametrize("key", ["a", "A.b_c-d", "example.com/a", "x" * 63, f"{'a.' * 120}a/b"])
def test_takes_a_name_of_a_label(key: str) -> None:
    """A name, perhaps below a domain."""
    assert resource_labels({key: "x"}) == {key: "x"}
    assert resource_annotations({key: "any text: #"}) == {key: "any text: #"}


@pytest.mark.parametrize(
    "key", ["", "-a", "a-", "/a", "a/", "a/b/c", "x" * 64, "A.com/b", "a b", f"{'a.' * 130}a/b"]
)
def test_refuses_what_is_no_name_of_a_label(key: str) -> None:
    """The same rule holds for annotations."""
    for read in (resource_labels, resource_annotations):
        with pytest.raises(InvalidValue, match=r"^name is .*\n  allowed: at most 63 of"):
            read({key: "x"})


@pytest.mark.parametrize("value", ["-", "a b", "x" * 64, "ä", 1, None, True])
def test_refuses_what_is_no_value_of_a_label(value: object) -> None:
    """A number is no text: YAML would make it one silently."""
    with pytest.raises(InvalidValue, match=r"^label is .*\n  allowed: a text of at most 63"):
        resource_labels({"a": value})  # type: ignore[dict-item]


def test_refuses_annotations_that_are_too_large_together() -> None:
    """Kubernetes holds a quarter of a mebibyte of them, names included."""
    full = {f"{number:04}": "x" * 16_380 for number in range(16)}

    assert len(resource_annotations(full)) == 16
    with pytest.raises(
        InvalidValue, match=r"^annotations is 262,145 bytes\n  allowed: at most 262"
    ):
        resource_annotations({**full, "a": ""})


def test_refuses_what_is_no_mapping() -> None:
    """A text is no set of labels."""
    for read in (resource_labels, resource_annotations):
        with pytest.raises(InvalidValue, match=r"^mapping is 'x'\n  allowed: a mapping such as"):
            read("x")  # type: ignore[arg-type]


@given(LABELS, st.dictionaries(NAMES, TEXTS, max_size=4))
def test_metadata_is_read_back(labels: dict[str, str], annotations: dict[str, str]) -> None:
    """Whatever is allowed stands in the YAML as it was given, in the order of its names."""
    lines = metadata("n", "monitoring", resource_labels(labels), resource_annotations(annotations))

    found = yaml.safe_load("\n".join(lines))["metadata"]

    assert (found["name"], found["namespace"]) == ("n", "monitoring")
    assert found.get("labels", {}) == labels
    assert found.get("annotations", {}) == annotations
    assert list(found.get("labels", {})) == sorted(labels)
