"""Scripts and folders of scripts: what is found in them, and what they leave behind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from slogen.api import load
from slogen.errors import NothingToBuild

if TYPE_CHECKING:
    from collections.abc import Iterator

HELPER = """\
from slogen import SLO, Events

def slo(name):
    events = Events(total="requests", bad="errors")
    return SLO(service="s", name=name, objective="99%", window="30d", sli=events)
"""
AT_MODULE_LEVEL = "at module level, alone or in tuples, lists and dicts"
ALLOWED = "files that end in .py, .yaml, .yml, and folders of such files"
NAMES = ["json", "types", "colorsys", "slogen", "fractions", "a.b", "class"]
COLLECTIONS = [
    "[slo('1'), slo('2')]",
    "(slo('1'), slo('2'))",
    "{'a': slo('1'), 'b': slo('2')}",
    "[(slo('1'),), {'a': [slo('2')]}]",
    "{'a': {'b': (slo('1'), None, 5, slo('2'))}}",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a folder with a helper that makes SLOs, and clean up what a test may leave."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    modules, path = set(sys.modules), list(sys.path)
    write("_helper.py", HELPER)
    yield tmp_path
    sys.path[:] = path
    for name in {"a", "b", "_helper", "_shared", "shared", *NAMES} - modules:
        sys.modules.pop(name, None)


def write(name: str, text: str) -> None:
    """Write a file, and the folders above it."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def script(name: str, text: str) -> None:
    """Write a script that may call ``slo``."""
    write(name, f"from _helper import slo\n{text}\n")


def names(*paths: str) -> list[str]:
    """Return the names of the SLOs that are found in paths."""
    return [slo.name for slo in load(*paths)]


def test_finds_slos_at_module_level() -> None:
    """Every SLO that has a name in the script is found, in the order of their names' birth."""
    script("a.py", "two = slo('2')\none = slo('1')")

    assert names("a.py") == ["2", "1"]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_finds_slos_in_collections(collection: str) -> None:
    """Tuples, lists and dicts are looked into, nested ones too."""
    script("a.py", f"slos = {collection}")

    assert names("a.py") == ["1", "2"]


def test_finds_each_object_once() -> None:
    """An SLO that has two names, or also stands in a list, is one SLO."""
    script("a.py", "one = slo('1')\nagain = one\nslos = [one, slo('2'), one]")

    assert names("a.py") == ["1", "2"]


def test_a_list_in_itself_ends() -> None:
    """A collection that holds itself is looked into, and left again."""
    script("a.py", "slos = [slo('1')]\nslos.append(slos)")

    assert names("a.py") == ["1"]


def test_runs_the_scripts_of_a_folder_by_name() -> None:
    """A folder's scripts are run in the order of their names; folders in it are not entered."""
    script("defs/b.py", "x = slo('b')")
    script("defs/a.py", "x = slo('a')")
    script("defs/deeper/c.py", "x = slo('c')")
    write("defs/notes.txt", "no script")
    write("defs/_helper.py", HELPER)

    assert names("defs") == ["a", "b"]


def test_a_folder_may_be_named_like_a_script() -> None:
    """Only files are scripts."""
    script("a.py", "x = slo('a')")
    Path("b.py").mkdir()

    assert names(".") == ["a"]


def test_helpers_are_imported_but_not_run() -> None:
    """What begins with an underscore is run only where a script imports it."""
    write("_broken.py", "1 / 0")
    write("_shared.py", "from _helper import slo\nshared = slo('shared')\nhidden = slo('hidden')")
    write("a.py", "from _shared import shared")

    assert names(".") == ["shared"]


def test_scripts_share_what_they_import() -> None:
    """An SLO of a helper that two scripts import is one SLO."""
    write("_shared.py", "from _helper import slo\nshared = slo('shared')")
    write("a.py", "from _shared import shared")
    write("b.py", "from _shared import shared")

    assert names(".") == ["shared"]


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_a_script_that_another_imports_runs_once(first: str, second: str) -> None:
    """In a folder, a script that another one imports is not run again, whichever comes first."""
    script(f"{first}.py", "one = slo('one')")
    write(f"{second}.py", f"from {first} import one")

    assert names(".") == ["one"]


def test_a_script_named_twice_is_read_once() -> None:
    """A script that is given twice, alone and with its folder, gives its SLOs once."""
    script("a.py", "one = slo('one')")

    assert names("a.py", "a.py") == ["one"]
    assert names(".", "a.py") == ["one"]


def test_scripts_given_one_by_one_share_what_they_import() -> None:
    """Scripts of a folder mean the same given one by one, as a pre-commit hook does."""
    script("a.py", "one = slo('one')")
    write("b.py", "from a import one")

    assert names("a.py", "b.py") == names(".") == ["one"]


def test_two_folders_may_have_helpers_of_one_name() -> None:
    """Each folder's scripts import their own folder's helper."""
    for place in ("first", "second"):
        write(f"{place}/_helper.py", HELPER)
        write(f"{place}/_names.py", f"name = '{place}'")
        script(f"{place}/slos.py", "from _names import name\nx = slo(name)")

    assert names("first", "second") == ["first", "second"]


def test_two_folders_may_have_packages_of_one_name() -> None:
    """A folder of helpers without an ``__init__`` is its own folder's too."""
    for place in ("first", "second"):
        write(f"{place}/_helper.py", HELPER)
        write(f"{place}/shared/names.py", f"name = '{place}'")
        script(f"{place}/slos.py", "from shared.names import name\nx = slo(name)")

    assert names("first", "second") == ["first", "second"]


@pytest.mark.parametrize("name", NAMES)
def test_a_script_may_have_any_name(name: str) -> None:
    """A script named like a module of Python's, or of slogen's, is a script like others."""
    script(f"{name}.py", "import json, types\nx = slo(json.loads('\"1\"'))")

    assert names(".") == ["1"]


def test_a_script_may_define_dataclasses() -> None:
    """What looks its module up by name finds it, also behind the name of a module of Python's."""
    script("json.py", "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: 'int'")
    script("types.py", "x = slo('1')")

    assert names(".") == ["1"]


def test_a_script_may_come_from_anywhere(folder: Path) -> None:
    """A script is run with its own folder in reach, wherever slogen is run."""
    write("elsewhere/_helper.py", HELPER)
    script("elsewhere/a.py", "x = slo('1')")

    assert names("elsewhere/a.py") == ["1"]
    assert names(str(folder / "elsewhere" / "a.py")) == ["1"]


@pytest.mark.parametrize("text", ["x = slo('1')", "1 / 0", "import sys; sys.exit()", "x = 5"])
def test_leaves_python_as_it_was(folder: Path, text: str) -> None:
    """Whether a script succeeds or not, the import system is as before, and no file is added."""
    write("shared/names.py", "name = 'n'")
    script("a.py", f"import shared.names\n{text}")
    before = (list(sys.path), sys.dont_write_bytecode, set(folder.rglob("*")))

    try:
        names("a.py")
    except Exception as error:  # noqa: BLE001 (either outcome is fine)
        assert type(error).__module__ == "slogen.errors"  # noqa: PT017

    assert (list(sys.path), sys.dont_write_bytecode, set(folder.rglob("*"))) == before
    assert {"a", "_helper", "shared", "shared.names"}.isdisjoint(sys.modules)


@pytest.mark.parametrize("change", ["insert(0, '/zzz')", "append('/zzz')", "pop(0)", "clear()"])
def test_undoes_what_a_script_does_to_the_path(change: str) -> None:
    """A script that changes where Python looks for modules changes it for itself alone."""
    script("a.py", f"x = slo('1')\nimport sys\nsys.path.{change}")
    before = list(sys.path)

    assert names("a.py") == ["1"]
    assert sys.path == before


def test_stays_in_the_folder(folder: Path) -> None:
    """A script that changes the working folder does not move slogen."""
    script("a.py", "x = slo('1')\nimport os\nos.chdir('/')")

    assert names("a.py") == ["1"]
    assert Path.cwd() == folder


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "no.py",
            f"no.py does not exist\n  allowed: {ALLOWED}",
        ),
        (
            "notes.txt",
            f"notes.txt is neither Python nor YAML\n  allowed: {ALLOWED}",
        ),
        (
            "empty",
            f"there are no definitions in empty\n  allowed: {ALLOWED}",
        ),
        ("none.py", f"there is no SLO in none.py\n  allowed: SLO(...) objects {AT_MODULE_LEVEL}"),
    ],
)
def test_says_where_there_is_nothing(path: str, text: str) -> None:
    """A path without SLOs is a fault: it would make rules disappear in silence."""
    write("notes.txt", "")
    write("none.py", "x = 5")
    write("empty/_helper.py", HELPER)

    with pytest.raises(NothingToBuild, match=r"exist|neither|no def|no SLO") as caught:
        names(path)

    assert str(caught.value) == text


def test_names_the_folders_below_that_have_definitions() -> None:
    """Folders within a folder are not read, as somebody may expect."""
    for name in ("slos/a/x.py", "slos/b/y.yaml", "slos/.git/z.py", "slos/c/_base.yaml"):
        write(name, "")

    with pytest.raises(NothingToBuild) as caught:
        names("slos")

    assert caught.value.remedy == "name the folders that have some: slos/a slos/b"


@pytest.mark.parametrize(
    "text",
    [
        "class Team:\n    spare = slo('lost')",
        "for name in ['lost', 'last']:\n    last = slo(name)",
        "spare = frozenset([slo('lost')])",
        "def main():\n    slo('lost')\nmain()",
    ],
    ids=["attribute", "loop", "set", "function"],
)
def test_says_which_slo_is_made_and_not_built(text: str) -> None:
    """An SLO that nothing at module level holds gets no rules, and is no secret."""
    script("a.py", f"kept = slo('kept')\n{text}")

    (finding,) = load(Path("a.py")).findings

    assert (finding.code, finding.slo_id) == ("slo-not-built", "s-lost")
    assert str(finding.position).startswith("_helper.py:5:")


@pytest.mark.parametrize(
    "text",
    [
        "kept = attrs.evolve(slo('base'), id='s-kept')",
        "kept = [attrs.evolve(slo('base'), id=name) for name in ['s-a', 's-b']]",
        "import other\nkept = slo('kept')",
        "import _spare\nkept = slo('kept')",
        "kept = slo('kept')\nslo('kept')",
    ],
    ids=["changed", "many of one", "another script", "a helper", "made twice"],
)
def test_misses_no_slo_that_is_there_for_others(text: str) -> None:
    """Nobody misses an SLO that others are made of, or that stands in a file of its own."""
    script("a.py", f"import attrs\n{text}")
    script("other.py", "elsewhere = slo('elsewhere')")
    script("_spare.py", "spare = slo('spare')")

    assert not load(Path("a.py")).findings


@pytest.mark.parametrize("name", NAMES)
def test_a_script_named_like_a_module_holds_its_slos(name: str) -> None:
    """Python knows another module of that name; what the script makes is built all the same."""
    script(f"{name}.py", "kept = slo('kept')")

    assert not load(Path(f"{name}.py")).findings


def test_a_package_from_elsewhere_may_make_slos(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what an installed package makes a script takes what it likes."""
    script("elsewhere/catalogue.py", "wanted = slo('wanted')\nspare = slo('spare')")
    monkeypatch.syspath_prepend(folder / "elsewhere")
    monkeypatch.syspath_prepend(folder)
    script("scripts/a.py", "from catalogue import wanted")

    assert not load(Path("scripts/a.py")).findings
