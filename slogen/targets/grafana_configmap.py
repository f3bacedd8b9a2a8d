"""Dashboards for the sidecar of Grafana's chart: ``grafana-configmap/<folder>/<uid>.yaml``.

Source: https://github.com/grafana/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen import naming
from slogen.model import arguments
from slogen.targets import kubernetes
from slogen.targets.dashboard_target import DashboardTarget
from slogen.targets.files import HEADER, File
from slogen.targets.yaml_text import block

if TYPE_CHECKING:
    from grafanalib.core import Dashboard

    from slogen.targets.boards import Board

_FOUND_BY = {"grafana_dashboard": "1"}
_FOLDER = "grafana_folder"


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class GrafanaConfigMap(DashboardTarget):
    """A ConfigMap for each dashboard, since one holds about a mebibyte.

    >>> GrafanaConfigMap(namespace="monitoring").namespace
    'monitoring'

    Attributes:
        namespace: That of the ConfigMaps; empty for whichever they are applied to.
        labels: Labels beside ``grafana_dashboard: "1"``, by which the sidecar finds them; they win
            over it.
        annotations: Annotations beside ``grafana_folder``; they win over it.
    """

    name: ClassVar[str] = "grafana-configmap"
    help: ClassVar[str] = "dashboards as ConfigMaps, for the sidecar of Grafana's chart"

    namespace: str = attrs.field(
        default="",
        converter=kubernetes.namespace_name,
        metadata={"help": "the namespace of the ConfigMaps; they name none unless given"},
    )
    labels: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_labels,
        hash=False,
        metadata={"help": 'labels beside `grafana_dashboard: "1"`, which they may replace'},
    )
    annotations: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_annotations,
        hash=False,
        metadata={"help": "annotations beside `grafana_folder`, which they may replace"},
    )

    def render_dashboards(self, dashboards: Mapping[str, Dashboard]) -> tuple[File, ...]:
        """Return a file with a ConfigMap for each dashboard."""
        return tuple(
            File(f"{self.folder}/{board.path}.yaml", self._configmap(board))
            for board in self.boards(dashboards)
        )

    def _configmap(self, board: Board) -> str:
        lines = (
            HEADER,
            "apiVersion: v1",
            "kind: ConfigMap",
            *kubernetes.metadata(
                naming.resource(board.uid),
                self.namespace,
                {**_FOUND_BY, **self.labels},
                {_FOLDER: board.folder, **self.annotations},
            ),
            "data:",
            f"  {board.uid}.json: {block(board.text.rstrip(), 4)}",
        )
        return "\n".join(lines) + "\n"
