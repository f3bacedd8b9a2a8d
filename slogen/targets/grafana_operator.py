"""Dashboards for the Grafana operator: ``grafana-operator/<folder>/<uid>.yaml``.

Source: https://grafana.github.io/grafana-operator/docs/dashboards/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen import naming
from slogen.errors import InvalidValue
from slogen.model import arguments
from slogen.targets import kubernetes
from slogen.targets.dashboard_target import DashboardTarget
from slogen.targets.files import HEADER, File
from slogen.targets.yaml_text import block, scalar

if TYPE_CHECKING:
    from grafanalib.core import Dashboard

    from slogen.targets.boards import Board


def _instances(value: Mapping[str, str]) -> Mapping[str, str]:
    if not kubernetes.resource_labels(value):
        raise InvalidValue("labels", "empty", 'a mapping such as {"dashboards": "grafana"}')
    return kubernetes.resource_labels(value)


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class GrafanaOperator(DashboardTarget):
    """A ``GrafanaDashboard`` for each dashboard.

    >>> GrafanaOperator(instances={"grafana": "production"}).instances["grafana"]
    'production'

    Attributes:
        namespace: That of the resources; empty for whichever they are applied to.
        labels: Labels of the resources.
        annotations: Annotations of the resources.
        instances: The labels of the instances of Grafana that show the dashboards.
    """

    name: ClassVar[str] = "grafana-operator"
    help: ClassVar[str] = "dashboards as resources, for the Grafana operator"

    namespace: str = attrs.field(
        default="",
        converter=kubernetes.namespace_name,
        metadata={"help": "the namespace of the resources; they name none unless given"},
    )
    labels: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_labels,
        hash=False,
        metadata={"help": "labels of the resources"},
    )
    annotations: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_annotations,
        hash=False,
        metadata={"help": "annotations of the resources"},
    )
    instances: Mapping[str, str] = attrs.field(
        factory=lambda: {"dashboards": "grafana"},
        converter=_instances,
        hash=False,
        metadata={
            "help": "the labels of the instances of Grafana that show the dashboards; "
            "`dashboards: grafana` unless given"
        },
    )

    def render_dashboards(self, dashboards: Mapping[str, Dashboard]) -> tuple[File, ...]:
        """Return a file with a resource for each dashboard."""
        return tuple(
            File(f"{self.folder}/{board.path}.yaml", self._resource(board))
            for board in self.boards(dashboards)
        )

    def _resource(self, board: Board) -> str:
        name = naming.resource(board.uid)
        lines = (
            HEADER,
            "apiVersion: grafana.integreatly.org/v1beta1",
            "kind: GrafanaDashboard",
            *kubernetes.metadata(name, self.namespace, self.labels, self.annotations),
            "spec:",
            "  instanceSelector:",
            *kubernetes.mapping("matchLabels", self.instances, 4),
            f"  folder: {scalar(board.folder)}",
            f"  json: {block(board.text.rstrip(), 4)}",
        )
        return "\n".join(lines) + "\n"
