"""Dashboards for Grafana, in three ways to hand them over.

- ``grafana/<folder>/<uid>.json`` and ``grafana/slogen.yaml``, which tells Grafana where they are
- ``grafana-configmap/<folder>/<uid>.yaml``: a ConfigMap each, for the sidecar of Grafana's chart
- ``grafana-operator/<folder>/<uid>.yaml``: a resource each, for the Grafana operator

Sources: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards,
https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards,
https://grafana.github.io/grafana-operator/docs/dashboards/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slogen import naming
from slogen.dashboards import boards
from slogen.dashboards.grafana import dashboard
from slogen.dashboards.mending import json_text, mended
from slogen.targets.files import HEADER, MARK, File
from slogen.targets.yaml_text import block, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grafanalib.core import Dashboard

    from slogen.targets.built import Built, Layout

    Dashboards = Mapping[tuple[str, str], Dashboard]

INSTALLED = "/var/lib/grafana/dashboards/slogen"
"""Where the provider file says that the folders are, on the machine of Grafana."""


def dashboards(built: tuple[Built, ...]) -> Dashboards:
    """Return grafanalib's dashboards by the titles of their folders and their uids."""
    made = boards(one.slo for one in built)
    return {(board.folder, board.uid): dashboard(board) for board in made}


def _files(chosen: Dashboards, layout: Layout) -> tuple[File, ...]:  # noqa: ARG001 (of all ways)
    """Return the dashboards as JSON, and the file that provisions them."""
    files = [
        File(f"grafana/{_path(folder, uid)}.json", _json(one))
        for (folder, uid), one in chosen.items()
    ]
    return (*files, File("grafana/slogen.yaml", _provider({folder for folder, _ in chosen})))


def _json(one: Dashboard) -> str:
    return json_text(mended(one, MARK))


def _path(folder: str, uid: str) -> str:
    return f"{_directory(folder)}/{uid}"


def _directory(folder: str) -> str:
    return naming.folder("" if folder == naming.DASHBOARD_FOLDER else folder)


def _provider(folders: set[str]) -> str:
    lines = [
        HEADER,
        "# For /etc/grafana/provisioning/dashboards/; the folders beside it belong to",
        f"# {INSTALLED}/, or wherever the paths below are made to point.",
        "apiVersion: 1",
        "providers:",
    ]
    for folder in sorted(folders):
        lines += [
            f"  - name: {scalar(f'slogen {folder}')}",
            "    type: file",
            f"    folder: {scalar(folder)}",
            f"    folderUid: {scalar(f'slogen-{_directory(folder)}'[:40])}",
            "    allowUiUpdates: false",
            "    disableDeletion: false",
            "    updateIntervalSeconds: 30",
            "    options:",
            f"      path: {scalar(f'{INSTALLED}/{_directory(folder)}')}",
        ]
    return "\n".join(lines) + "\n"


def _configmaps(chosen: Dashboards, layout: Layout) -> tuple[File, ...]:  # noqa: ARG001
    """Return a ConfigMap for each dashboard: one holds about a mebibyte."""
    return tuple(
        File(f"grafana-configmap/{_path(folder, uid)}.yaml", _configmap(folder, uid, one))
        for (folder, uid), one in chosen.items()
    )


def _configmap(folder: str, uid: str, one: Dashboard) -> str:
    return _yaml(
        "apiVersion: v1",
        "kind: ConfigMap",
        "metadata:",
        f"  name: {naming.resource(uid)}",
        "  labels:",
        '    grafana_dashboard: "1"',
        "  annotations:",
        f"    grafana_folder: {scalar(folder)}",
        "data:",
        f"  {uid}.json: {block(_json(one).rstrip(), 4)}",
    )


def _resources(chosen: Dashboards, layout: Layout) -> tuple[File, ...]:  # noqa: ARG001
    """Return a GrafanaDashboard for each dashboard."""
    return tuple(
        File(f"grafana-operator/{_path(folder, uid)}.yaml", _resource(folder, uid, one))
        for (folder, uid), one in chosen.items()
    )


def _resource(folder: str, uid: str, one: Dashboard) -> str:
    return _yaml(
        "apiVersion: grafana.integreatly.org/v1beta1",
        "kind: GrafanaDashboard",
        "metadata:",
        f"  name: {naming.resource(uid)}",
        "spec:",
        "  instanceSelector:",
        "    matchLabels:",
        "      dashboards: grafana",
        f"  folder: {scalar(folder)}",
        f"  json: {block(_json(one).rstrip(), 4)}",
    )


def _yaml(*lines: str) -> str:
    return "\n".join((HEADER, *lines)) + "\n"


WAYS: Mapping[str, Callable[[Any, Any], tuple[File, ...]]] = {
    "grafana": _files,
    "grafana-configmap": _configmaps,
    "grafana-operator": _resources,
}
"""Every way by the name of its target."""
