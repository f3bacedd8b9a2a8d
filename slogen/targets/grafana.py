"""Dashboards as files: ``grafana/<folder>/<uid>.json``, and ``grafana/slogen.yaml`` beside them.

Source: https://grafana.com/docs/grafana/latest/administration/provisioning/#dashboards
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen import naming
from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.targets.dashboard_target import DashboardTarget
from slogen.targets.files import HEADER, File
from slogen.targets.yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grafanalib.core import Dashboard

INSTALLED = "/var/lib/grafana/dashboards/slogen"


def _path(value: str) -> str:
    if not arguments.line(value).startswith("/"):
        raise InvalidValue("path", repr(value), f'an absolute path such as "{INSTALLED}"')
    return value.rstrip("/") or "/"


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class Grafana(DashboardTarget):
    """Dashboards as JSON, and the file that tells Grafana where they are.

    >>> Grafana(path="/dashboards/").path
    '/dashboards'

    Attributes:
        path: Where the folders of dashboards are on Grafana's machine.
    """

    name: ClassVar[str] = "grafana"
    help: ClassVar[str] = "dashboards as JSON, and the file by which Grafana finds them"

    path: str = attrs.field(
        default=INSTALLED,
        converter=_path,
        metadata={"help": "where the folders of dashboards are on Grafana's machine"},
    )

    def render_dashboards(self, dashboards: Mapping[str, Dashboard]) -> tuple[File, ...]:
        """Return a file for each dashboard, and the one that provisions them all."""
        boards = self.boards(dashboards)
        files = (File(f"{self.folder}/{board.path}.json", board.text) for board in boards)
        provider = self._provider({board.folder for board in boards})
        return (*files, File(f"{self.folder}/slogen.yaml", provider))

    def _provider(self, folders: set[str]) -> str:
        from slogen.targets.boards import directory  # noqa: PLC0415 (grafanalib is slow)

        lines = [
            HEADER,
            "# For /etc/grafana/provisioning/dashboards/; the folders beside it belong to",
            f"# {self.path}/, or wherever the paths below are made to point.",
            "apiVersion: 1",
            "providers:",
        ]
        root = self.path.rstrip("/")
        for folder in sorted(folders):
            lines += [
                f"  - name: {scalar(f'slogen {folder}')}",
                "    type: file",
                f"    folder: {scalar(folder)}",
                f"    folderUid: {scalar(naming.folder_uid(directory(folder)))}",
                "    allowUiUpdates: false",
                "    disableDeletion: false",
                "    updateIntervalSeconds: 30",
                "    options:",
                f"      path: {scalar(f'{root}/{directory(folder)}')}",
            ]
        return "\n".join(lines) + "\n"
