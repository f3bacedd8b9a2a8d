"""A template that other files may use is not refused for a label that no alert of a build has."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from slogen import api
from slogen.checks.template_label_elsewhere import CHECK
from slogen.checks.template_label_missing import CHECK as MISSING
from tests.checks.checking import found_in_build, place_of

if TYPE_CHECKING:
    from pathlib import Path

    from slogen.model import SLO

HOUSE = """\
    apiVersion: slogen/v1
    settings: {alert_annotations: {who: "of {{ $labels.tenant }}"}}
    """
SHOP = """\
    apiVersion: slogen/v1
    inherits: _house.yaml
    services:
      - name: shop
        owner: team-shop
        slos:
          - {name: up, objective: 99%, window: 30d, sli: {up: {gauge: up}}}
          - {name: tenants, objective: 99%, window: 30d, sli: {up: {gauge: u}}, group_by: [tenant]}
    """
HELPER = """\
    from slogen import SLO, AlertPolicy, Up

    def up(service):
        policy = AlertPolicy(annotations={"who": "of {{ $labels.tenant }}"})
        return SLO(
            service=service, name="up", objective="99%", window="30d", sli=Up(gauge="up"),
            alerts=policy,
        )
    """


def loaded(folder: Path, house: str = HOUSE) -> list[SLO]:
    """Return the SLOs of a file that inherits another: one alone, and one by tenant."""
    (folder / "_house.yaml").write_text(textwrap.dedent(house), encoding="utf-8")
    (folder / "shop.yaml").write_text(textwrap.dedent(SHOP), encoding="utf-8")
    return list(api.load(folder))


def test_warns_of_a_template_in_what_a_file_inherits(tmp_path: Path) -> None:
    """SLOs of other files may have the label: the build goes on, and says so at the template."""
    (alone, _) = loaded(tmp_path)

    (warning,) = found_in_build(CHECK, alone)

    assert found_in_build(MISSING, alone) == []
    assert warning.message == (
        'template of "who" prints $labels.tenant, which no alert that is built now has'
    )
    assert warning.remedy == "print it only where it exists: {{ with $labels.tenant }}...{{ end }}"
    assert (warning.code, warning.severity) == ("template-label-elsewhere", "warning")
    assert (warning.argument, place_of(warning)) == ("alert_annotations.who", "$labels.tenant")


def test_is_silent_where_one_of_the_slos_has_it(tmp_path: Path) -> None:
    """All files of a folder together show that the template is right."""
    assert found_in_build(CHECK, *loaded(tmp_path)) == []


def test_is_silent_of_a_label_that_the_template_knows_to_be_missing(tmp_path: Path) -> None:
    """The remedy is one."""
    house = HOUSE.replace("of {{ $labels.tenant }}", "{{ with $labels.tenant }}of {{ . }}{{ end }}")

    assert found_in_build(CHECK, loaded(tmp_path, house)[0]) == []


def test_warns_of_a_template_that_a_helper_writes(tmp_path: Path) -> None:
    """A function in a file that others import makes SLOs with groups and without."""
    (tmp_path / "_house.py").write_text(textwrap.dedent(HELPER), encoding="utf-8")
    (tmp_path / "shop.py").write_text("from _house import up\nslo = up('shop')\n", "utf-8")

    (slo,) = api.load(tmp_path)

    assert found_in_build(MISSING, slo) == []
    assert len(found_in_build(CHECK, slo)) == 1
