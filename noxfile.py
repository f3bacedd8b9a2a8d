"""The project's tasks; ``nox`` alone runs what has to pass before anything lands."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml("pyproject.toml")

nox.needs_version = ">=2026.4.10"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "tests", "scenarios", "golden", "docs", "package"]
if os.environ.get("CI"):
    # It needs Node.js and Chromium, which not every machine has that runs the rest.
    nox.options.sessions.append("browser")

REAL_TOOLS = ("promtool", "prometheus", "alertmanager", "vmalert", "victoria-metrics")
SCENARIOS = (
    "tests/counted",
    "tests/pipeline",
    "tests/hours",
    "tests/tutorial",
    "tests/live/replay/test_ruled.py",
)
"""What takes minutes of real servers' time."""
BROWSER = "tests/experiments/browser"
"""What needs Node.js and Chromium."""
EXPERIMENTS = "tests/experiments"
"""What measures or searches, and is no test of a behaviour."""
SLOW = ("tests/hooks", "tests/hostile", "tests/realtools")
"""What is thorough rather than quick."""
WITHOUT_TOOLS = {"SLOGEN_WITHOUT_TOOLS": "yes"}
"""Lets whatever asks for promtool or a server skip itself."""


def _group(name: str) -> tuple[str, ...]:
    return nox.project.dependency_groups(PROJECT, name)


@nox.session
def quick(session: nox.Session) -> None:
    """Say in two minutes what is wrong: style, types, and tests without Prometheus."""
    session.install("-e.", *_group("lint"), *_group("types"), *_group("tests"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    _units(session)


@nox.session(python=nox.project.python_versions(PROJECT))
def units(session: nox.Session) -> None:
    """Run the tests without Prometheus on each Python that slogen runs on."""
    session.install("-e.", *_group("tests"))
    _units(session)


def _units(session: nox.Session, *before: str) -> None:
    others = (f"--ignore={path}" for path in (*SCENARIOS, EXPERIMENTS, *SLOW))
    options = ("-n", "auto", "-q", "-r", "fE", "-m", "not long", "--hypothesis-profile=quick")
    session.run(*before, "pytest", *options, *others, *session.posargs, env=WITHOUT_TOOLS)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting with ruff."""
    session.install(*_group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy, and that mypy sees the mistakes of a user's script."""
    session.install("-e.", *_group("types"), *_group("tests"))
    session.run("mypy")
    session.run("python", "-m", "tests.types")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests that are not long; Prometheus is fetched where the machine has none."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    others = (f"--ignore={folder}" for folder in (*SCENARIOS, BROWSER))
    # A worker more than cores, since some tests wait for servers. Tests of one file share what is
    # slow to make, and stay together as long as all workers have some.
    workers = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal")
    session.run("pytest", "-m", "not long", *workers, *others, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Say which branches the tests without Prometheus never take, which slows them by half."""
    session.install("-e.", *_group("tests"))
    session.run("coverage", "erase")
    _units(session, "coverage", "run", "-m")
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def scenarios(session: nox.Session) -> None:
    """Compare what real servers make of generated rules with the truth, and page somebody.

    Tests that are marked as long, in whatever folder, run here, too.
    """
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools", *REAL_TOOLS)
    counted, pipeline, hours, tutorial, ruled = SCENARIOS
    with ThreadPoolExecutor() as pool:

        def beside(*words: str) -> Future[object]:
            return pool.submit(session.run, *words, *session.posargs, silent=True, external=True)

        # Servers' tests that wait for twelve minutes at once leave the machine to others.
        waiting = beside("pytest", "-n", "6", counted, tutorial)
        # Tests that cannot be late take what the others leave of the machine.
        others = (f"--ignore={folder}" for folder in (*SCENARIOS, BROWSER))
        workers = ("-n", "auto", "--dist", "worksteal")
        patient = beside("nice", "-n", "19", "pytest", "-m", "long", *workers, *others)
        # Their time is divided by 60: what else needs the machine would make them late. They wait
        # for most of three and four minutes, so that all happen at once: a test or two for each
        # worker.
        session.run("pytest", "-n", "11", pipeline, ruled, *session.posargs)
        session.run("pytest", "-n", "17", hours, *session.posargs)
    for run in (waiting, patient):
        session.log(run.result())


@nox.session
def browser(session: nox.Session) -> None:
    """Draw dashboards with Grafana's own packages in Chromium, and look for what is wrong."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("pytest", BROWSER)
    session.run("python", "-m", "tests.experiments.browser", *session.posargs)


@nox.session
def accuracy(session: nox.Session) -> None:
    """Measure how far slogen's numbers are from the truth, and how much is read for them."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("python", "-m", "tests.experiments.accuracy", *session.posargs)


@nox.session
def load(session: nox.Session) -> None:
    """Measure what the rules of thousands of SLOs cost a real Prometheus."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("python", "-m", "tests.experiments.load", *session.posargs)


@nox.session
def detection(session: nox.Session) -> None:
    """Measure how soon slogen's alerts page and resolve, beside Sloth's where it is at hand."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("python", "-m", "tests.experiments.detection", *session.posargs)


@nox.session
def forecast(session: nox.Session) -> None:
    """Measure how far forecasts of budgets are from what came, and how often their bands hold."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.experiments.forecast", *session.posargs)


@nox.session
def times(session: nox.Session) -> None:
    """Print how many seconds of processors tests take, by folder, file and test."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools", *REAL_TOOLS)
    chosen = session.posargs or ["-n", "2", *(f"--ignore={path}" for path in (*SCENARIOS, BROWSER))]
    session.run("python", "-m", "tests.experiments.times", *chosen)


@nox.session
def mutants(session: nox.Session) -> None:
    """Break slogen in many places, and show which test sees it."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("python", "-m", "tests.experiments.mutants", *session.posargs)


@nox.session
def matrix(session: nox.Session) -> None:
    """Prove the rules of SLOs whose settings are a pairwise matrix of what is allowed."""
    session.install("-e.", *_group("tests"))
    session.run("python", "-m", "tests.realtools")
    session.run("python", "-m", "tests.experiments.matrix", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Let a coverage-guided fuzzer look for a file that slogen has no answer to."""
    session.install("-e.", *_group("fuzz"))
    session.run("python", "-m", "tests.experiments.fuzz", *session.posargs)


@nox.session
def golden(session: nox.Session) -> None:
    """Write the golden files anew and test them; in CI, fail if that changed anything."""
    session.install("-e.", *_group("tests"))
    files = (
        "tests/test_golden.py",
        "tests/proof/test_pager.py",
        "tests/formats/slogen_yaml/test_reference.py",
        "tests/test_codes.py",
        "tests/targets/test_targets.py",
        "tests/live/replay/test_timeline.py",
    )
    session.run("pytest", *files, "--rewrite-goldens", "-q")
    if not os.environ.get("CI"):
        session.run("pytest", *files, "-q")
    else:
        session.run("git", "diff", "--exit-code", external=True)
        untracked = session.run(
            *("git", "ls-files", "--others", "--exclude-standard"), external=True, silent=True
        )
        if untracked:
            session.error(f"files that git does not know:\n{untracked}")


@nox.session
def docs(session: nox.Session) -> None:
    """Make the site in build/site; a warning or a link that leads nowhere is an error."""
    session.install("-e.", *_group("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-E", "docs", "build/site")


@nox.session
def package(session: nox.Session) -> None:
    """Install the built wheel into a clean environment and use it from another folder."""
    wheels = Path(session.create_tmp()).resolve()
    session.install("build")
    session.run("python", "-m", "build", "--wheel", "--outdir", str(wheels), "--installer", "pip")
    (wheel,) = wheels.glob("*.whl")
    session.run("python", "-m", "pip", "uninstall", "--yes", "--quiet", "slogen")
    session.install(str(wheel))
    wheel.unlink()
    examples = ROOT / "docs" / "examples" / "erp"
    session.chdir(wheels)
    session.run("slogen", "--version")
    session.run("slogen", "build", str(examples), "--out", str(wheels / "build"))
    session.run("python", "-c", "import slogen, pathlib; assert 'site-packages' in slogen.__file__")


@nox.session
def release(session: nox.Session) -> None:
    """Build what is published into dist, and its list of parts; a tag that is given has to fit.

    The list, in CycloneDX, is of an environment that holds the wheel and its extras alone.
    """
    dist, parts = ROOT / "dist", ROOT / "build" / "slogen.cdx.json"
    shutil.rmtree(dist, ignore_errors=True)
    parts.parent.mkdir(exist_ok=True)
    session.install("build", "twine", "cyclonedx-bom>=7,<8")
    session.run("python", "-m", "build", "--outdir", str(dist), "--installer", "pip")
    files = sorted(str(file) for file in dist.iterdir())
    session.run("twine", "check", "--strict", *files)
    (wheel,) = dist.glob("*.whl")
    version = wheel.name.split("-")[1]
    if session.posargs and session.posargs[0] != f"v{version}":
        session.error(f"the tag is {session.posargs[0]}, and the version {version}")
    folder = Path(session.create_tmp()).resolve() / "installed"
    session.run("python", "-m", "venv", "--clear", str(folder))
    python = str(folder / "bin" / "python")
    wanted = f"{wheel}[live,proof]"
    session.run(python, "-m", "pip", "install", "--quiet", wanted, external=True)
    options = ("--pyproject", "pyproject.toml", "--output-reproducible", "--output-file")
    session.run("cyclonedx-py", "environment", *options, str(parts), python)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure how long builds take, where the time goes, and how quickly slogen starts."""
    session.install(".[proof,history]")
    session.run("python", "-m", "tests.experiments.bench", *session.posargs)
