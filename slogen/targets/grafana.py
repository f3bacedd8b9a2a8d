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
from slogen.errors import InvalidValue
from slogen.targets.files import HEADER, MARK, File
from slogen.targets.yaml_text import block, scalar
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grafanalib.core import Dashboard

    from slogen.targets.built import Built

    Dashboards = Mapping[str, Dashboard]
    Shown = Mapping[str, Mapping[str, Any]]

INSTALLED = "/var/lib/grafana/dashboards/slogen"
"""Where the provider file says that the folders are, on the machine of Grafana."""


def dashboards(built: tuple[Built, ...]) -> Dashboards:
    """Return grafanalib's dashboards, each by the title of its folder, a slash and its uid."""
    made = boards(one.slo for one in built)
    return {f"{board.folder}/{board.uid}": dashboard(board) for board in made}


def render(name: str, chosen: Dashboards) -> tuple[File, ...]:
    """Return the files of a way to hand over dashboards, which a user may have changed.

    Raises:
        InvalidValue: If a dashboard is none of grafanalib's, or has not the uid that its key says.
    """
    return WAYS[name]({key: _checked(key, one) for key, one in chosen.items()})


def _checked(key: str, one: Any) -> dict[str, Any]:  # noqa: ANN401 (a user's)
    folder, _, uid = key.rpartition("/")
    subject, found = "dashboards", f"of the key {quoted(key)}"
    if not hasattr(one, "to_json_data"):
        allowed = "a grafanalib.core.Dashboard"
        raise InvalidValue(subject, f"{type(one).__name__} {found}", allowed)
    if not folder or not naming.is_uid(uid):
        allowed = "the title of a folder, a slash, and a uid: at most 40 of A-Z, a-z, 0-9, _ and -"
        raise InvalidValue(subject, found, allowed)
    shown = mended(one, MARK)
    if shown.get("uid") != uid:
        words = f"the uid {quoted(shown.get('uid'))} {found}"
        raise InvalidValue(subject, words, "the uid that the key ends with")
    return shown


def _files(chosen: Shown) -> tuple[File, ...]:
    """Return the dashboards as JSON, and the file that provisions them."""
    files = [File(f"grafana/{_path(key)}.json", json_text(one)) for key, one in chosen.items()]
    return (*files, File("grafana/slogen.yaml", _provider(set(map(_folder, chosen)))))


def _folder(key: str) -> str:
    return key.rpartition("/")[0]


def _path(key: str) -> str:
    folder, _, uid = key.rpartition("/")
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


def _configmaps(chosen: Shown) -> tuple[File, ...]:
    """Return a ConfigMap for each dashboard: one holds about a mebibyte."""
    return tuple(
        File(f"grafana-configmap/{_path(key)}.yaml", _configmap(_folder(key), one))
        for key, one in chosen.items()
    )


def _configmap(folder: str, one: Mapping[str, Any]) -> str:
    return _yaml(
        "apiVersion: v1",
        "kind: ConfigMap",
        "metadata:",
        f"  name: {naming.resource(one['uid'])}",
        "  labels:",
        '    grafana_dashboard: "1"',
        "  annotations:",
        f"    grafana_folder: {scalar(folder)}",
        "data:",
        f"  {one['uid']}.json: {block(json_text(one).rstrip(), 4)}",
    )


def _resources(chosen: Shown) -> tuple[File, ...]:
    """Return a GrafanaDashboard for each dashboard."""
    return tuple(
        File(f"grafana-operator/{_path(key)}.yaml", _resource(_folder(key), one))
        for key, one in chosen.items()
    )


def _resource(folder: str, one: Mapping[str, Any]) -> str:
    return _yaml(
        "apiVersion: grafana.integreatly.org/v1beta1",
        "kind: GrafanaDashboard",
        "metadata:",
        f"  name: {naming.resource(one['uid'])}",
        "spec:",
        "  instanceSelector:",
        "    matchLabels:",
        "      dashboards: grafana",
        f"  folder: {scalar(folder)}",
        f"  json: {block(json_text(one).rstrip(), 4)}",
    )


def _yaml(*lines: str) -> str:
    return "\n".join((HEADER, *lines)) + "\n"


WAYS: Mapping[str, Callable[[Shown], tuple[File, ...]]] = {
    "grafana": _files,
    "grafana-configmap": _configmaps,
    "grafana-operator": _resources,
}
"""Every way by the name of its target."""
