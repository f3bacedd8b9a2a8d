"""Targets: what was compiled, as files. One module a target, each with one class.

A new target is a new module, with a subclass of `slogen.targets.target.Target`, and a line in
`TARGETS`. The command line's help, completion, the project file's tables ``[target.NAME]`` and the
table of targets in the docs are made from the classes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slogen.targets.target import Target

TARGETS: Mapping[str, str] = {
    "alertmanager": "slogen.targets.alertmanager:Alertmanager",
    "catalogue": "slogen.targets.catalogue:Catalogue",
    "grafana": "slogen.targets.grafana:Grafana",
    "grafana-configmap": "slogen.targets.grafana_configmap:GrafanaConfigMap",
    "grafana-operator": "slogen.targets.grafana_operator:GrafanaOperator",
    "json": "slogen.targets.json_ir:JSON",
    "mimir": "slogen.targets.mimir:Mimir",
    "prometheus": "slogen.targets.prometheus:Prometheus",
    "prometheus-operator": "slogen.targets.prometheus_operator:PrometheusOperator",
    "promtool-tests": "slogen.targets.promtool_tests:PromtoolTests",
    "thanos": "slogen.targets.thanos:Thanos",
    "victoriametrics": "slogen.targets.victoriametrics:VictoriaMetrics",
    "victoriametrics-operator": "slogen.targets.victoriametrics_operator:VictoriaMetricsOperator",
}
"""The module and the class of every target by its name: only what is asked for is imported."""


def target_class(name: str) -> type[Target]:
    """Return the class of a target.

    Raises:
        KeyError: If there is no target of that name.
    """
    module, _, attribute = TARGETS[name].partition(":")
    found: type[Target] = getattr(import_module(module), attribute)
    return found
