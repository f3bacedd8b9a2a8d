"""Grafana's own types take generated dashboards, and nothing that Grafana does not know."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests import golden_cases
from tests.experiments.browser.__main__ import FOLDER
from tests.experiments.browser.bundle import bundled
from tests.experiments.browser.machine import require_node
from tests.experiments.browser.typed import KIND, mistyped

if TYPE_CHECKING:
    from collections.abc import Callable

Board = dict[str, Any]


def _golden() -> dict[str, Board]:
    """Return all dashboards that stand among the golden files."""
    files = sorted(golden_cases.FOLDER.glob("*/build/grafana/*/*.json"))
    return {f"{file.parts[-5]}/{file.stem}": json.loads(file.read_text()) for file in files}


def _unknown_key(board: Board) -> None:
    board["panels"][0]["span"] = 4


def _unknown_option(board: Board) -> None:
    board["panels"][0]["options"]["gauge"] = True


def _unknown_member(board: Board) -> None:
    board["panels"][0]["options"]["colorMode"] = "rainbow"


def _text_for_a_number(board: Board) -> None:
    board["panels"][0]["fieldConfig"]["defaults"]["thresholds"]["steps"][0]["value"] = "null"


def _unknown_panel(board: Board) -> None:
    board["panels"][0]["type"] = "graph"


BROKEN = (_unknown_key, _unknown_option, _unknown_member, _text_for_a_number, _unknown_panel)


@pytest.fixture(scope="module")
def found() -> set[str]:
    """Return the dashboards that tsc complains about: all golden ones are asked, and broken ones.

    tsc is asked once for all of them, since it takes ten seconds to read Grafana's types.
    """
    require_node()
    bundled(FOLDER / "page")
    boards = _golden()
    first = next(iter(boards.values()))
    for spoil in BROKEN:
        board = copy.deepcopy(first)
        spoil(board)
        boards[spoil.__name__] = board
    complaints = mistyped(boards, FOLDER / "page")
    assert {one.kind for one in complaints} == {KIND}
    return {one.dashboard for one in complaints}


def test_golden_dashboards_fit_grafanas_types(found: set[str]) -> None:
    """TypeScript has no complaint about any of them."""
    assert not found & _golden().keys()


@pytest.mark.parametrize("spoil", BROKEN)
def test_what_grafana_does_not_know_is_found(
    spoil: Callable[[Board], None], found: set[str]
) -> None:
    """A key, an option, a text, a threshold or a panel that Grafana lacks is a complaint."""
    assert spoil.__name__ in found
