"""Names that nothing uses are a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from slogen import load

FILE = """\
apiVersion: slogen/v1
policies:
  house: {low: true}
  nights: {based_on: house}
  lost: {low: true}
services:
  - name: shop
    slis:
      reached: {up: {gauge: up}}
      forgotten: {up: {gauge: down}}
    slos:
      - {name: a, objective: 99%, window: 30d, sli: reached, alerts: nights}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def test_names_that_nothing_uses() -> None:
    """Each is told at its key; what another policy is based on is used."""
    Path("a.yaml").write_text(FILE)

    policy, indicator = load("a.yaml").findings

    assert policy.message == "nothing uses lost of policies"
    assert policy.remedy == "remove it, or correct the name where it was to be used"
    assert (policy.code, policy.severity) == ("unused-name", "note")
    assert str(policy.position) == "a.yaml:5:3"
    assert (indicator.message, str(indicator.position)) == (
        "nothing uses forgotten of slis",
        "a.yaml:10:7",
    )


def test_a_policy_may_be_used_by_another_file() -> None:
    """A file that inherits it uses it."""
    Path("a.yaml").write_text(FILE.replace("      forgotten: {up: {gauge: down}}\n", ""))
    Path("b.yaml").write_text(
        "apiVersion: slogen/v1\ninherits: a.yaml\nservices:\n  - name: b\n    slos:\n"
        "      - {name: b, objective: 99%, window: 30d, sli: {up: {gauge: up}}, alerts: lost}\n"
    )

    assert load("a.yaml", "b.yaml").findings == ()


def test_a_file_that_is_only_inherited_may_offer_more() -> None:
    """A house's policies are there for all of its files, of which some are read."""
    house, services = FILE.split("services:\n")
    Path("_house.yaml").write_text(house)
    text = f"apiVersion: slogen/v1\ninherits: _house.yaml\nservices:\n{services}"
    Path("a.yaml").write_text(text.replace("      forgotten: {up: {gauge: down}}\n", ""))

    assert load("a.yaml").findings == ()
