"""What Kubernetes takes for the resources that slogen writes: strict, as no package ships it.

Made from the reference of each API, with every field that slogen may write and no other.

- https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
- https://docs.victoriametrics.com/operator/api/#vmrule
"""

from __future__ import annotations

from typing import Any

import jsonschema

_TEXT = {"type": "string"}
_TEXTS = {"type": "object", "additionalProperties": _TEXT}
_PARTS = "".join(f"([0-9]+{unit})?" for unit in ("y", "w", "d", "h", "m", "s", "ms"))
_DURATION = {"type": "string", "pattern": f"^(0|{_PARTS})$"}
_NAME = {
    "type": "string",
    "maxLength": 253,
    "pattern": r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
}
_METADATA = {
    "name": _NAME,
    "namespace": {"type": "string", "maxLength": 63, "pattern": r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"},
    "labels": _TEXTS,
    "annotations": _TEXTS,
}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_RECORDING = _object({"record": _TEXT, "expr": _TEXT, "labels": _TEXTS}, "record", "expr")
_ALERTING = _object(
    {
        "alert": _TEXT,
        "expr": _TEXT,
        "for": _DURATION,
        "keep_firing_for": _DURATION,
        "labels": _TEXTS,
        "annotations": _TEXTS,
    },
    "alert",
    "expr",
)


def _resource(api_version: str, kind: str, group_keys: dict[str, Any]) -> dict[str, Any]:
    group = {
        "name": {"type": "string", "minLength": 1},
        "interval": _DURATION,
        "rules": {"type": "array", "items": {"oneOf": [_RECORDING, _ALERTING]}, "minItems": 1},
        **group_keys,
    }
    groups = {"type": "array", "items": _object(group, "name", "rules")}
    return _object(
        {
            "apiVersion": {"const": api_version},
            "kind": {"const": kind},
            "metadata": _object(_METADATA, "name"),
            "spec": _object({"groups": groups}, "groups"),
        },
        *("apiVersion", "kind", "metadata", "spec"),
    )


PROMETHEUS_RULE = _resource(
    "monitoring.coreos.com/v1",
    "PrometheusRule",
    {"query_offset": _DURATION, "partial_response_strategy": {"enum": ["abort", "warn"]}},
)
VM_RULE = _resource(
    "operator.victoriametrics.com/v1beta1",
    "VMRule",
    {
        "tenant": _TEXT,
        "eval_delay": _DURATION,
        "eval_offset": _DURATION,
        "params": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": _TEXT},
        },
    },
)


def check(resource: object, schema: dict[str, Any]) -> None:
    """Assert that a resource fits a schema, and that its groups have names of their own.

    Raises:
        jsonschema.ValidationError: If it does not fit.
    """
    jsonschema.validate(resource, schema)
    assert isinstance(resource, dict)
    names = [group["name"] for group in resource["spec"]["groups"]]
    assert len(set(names)) == len(names)
