"""Targets that write rules as resources of Kubernetes, which an operator hands to a ruler.

An operator copies each resource into a ConfigMap, and none holds more than half a mebibyte of it:
what is larger is split. Source: ``MaxConfigMapDataSize`` of both operators,
https://github.com/prometheus-operator/prometheus-operator and
https://github.com/VictoriaMetrics/operator
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import attrs

from slogen import naming
from slogen.diagnostics import Code, Diagnostic
from slogen.errors import InputError, InvalidValue, OutputError, raise_all
from slogen.model import arguments
from slogen.targets import kubernetes
from slogen.targets.built import Built, by_file
from slogen.targets.files import HEADER, File, file_name
from slogen.targets.rule_files import RuleTarget
from slogen.targets.yaml_text import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slogen.targets.built import Layout
    from slogen.targets.rule_groups import GroupWriter

LARGEST = 500_000
"""How many bytes of rules a resource holds: an operator writes them in its own way, which may take
a few more, and takes 524,288."""
RULES_SPLIT = Code.note(
    "rules-split",
    "the rules of a file are split into several resources",
    why="An operator copies each resource into a ConfigMap, which holds half a mebibyte of "
    "it. If you add an SLO, others may move to the next resource. Until both resources "
    "are applied, the rules of these SLOs run twice or not at all.",
    remedy="You do not have to do anything. With the layout `slo`, which is the default, each SLO "
    "has its own resource, and stays in it.",
)
_KUSTOMIZATION = "kustomization.yaml"
_INDENT = 4


@attrs.frozen
class _Part:
    """The SLOs of a resource.

    Attributes:
        name: That of the file of the layout.
        number: Which of its resources it is, from 1.
        slos: The SLOs.
    """

    name: str
    number: int
    slos: tuple[Built, ...]

    @property
    def file(self) -> str:
        """The name of its file; the plus sign is in no other name, where it would be encoded."""
        more = "" if self.number == 1 else f"+{self.number}"
        return f"{file_name(self.name)}{more}.yaml"


@attrs.frozen(kw_only=True, field_transformer=arguments.blamed)
class RuleResourceTarget(RuleTarget):
    """A target that writes a resource for each file of the layout, or several where it is large.

    Attributes:
        api_version: The ``apiVersion`` of the resources.
        kind: Their kind.
        namespace: Their namespace; empty for whichever they are applied to.
        labels: Their labels.
        annotations: Their annotations.
        kustomization: Whether there is a ``kustomization.yaml`` that names them.
    """

    api_version: ClassVar[str]
    kind: ClassVar[str]

    namespace: str = attrs.field(
        default="",
        converter=kubernetes.namespace_name,
        metadata={"help": "the namespace of the resources; they name none unless given"},
    )
    labels: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_labels,
        hash=False,
        metadata={"help": "labels of the resources, by which a ruler selects them"},
    )
    annotations: Mapping[str, str] = attrs.field(
        factory=dict,
        converter=kubernetes.resource_annotations,
        hash=False,
        metadata={"help": "annotations of the resources"},
    )
    kustomization: bool = attrs.field(
        default=False,
        converter=kubernetes.switch,
        metadata={
            "help": "whether there is a `kustomization.yaml` that names them; `false` unless given"
        },
    )

    def findings(self, built: tuple[Built, ...], layout: Layout) -> Iterator[Diagnostic]:
        """Yield which files of the layout are several resources."""
        counts: dict[str, int] = {}
        for part in self._parts(self.writer(_INDENT), built, layout):
            counts[part.name] = part.number
        for name, count in counts.items():
            if count > 1:
                file = f"{self.folder}/{file_name(name)}.yaml"
                found = f"{file} would be above {LARGEST:,} bytes: it is split into {count} files"
                yield Diagnostic(entry=RULES_SPLIT, found=found)

    def render(self, built: tuple[Built, ...], layout: Layout) -> tuple[File, ...]:
        """Return a file with a resource for each part of each file of the layout.

        Raises:
            InputError: If an SLO alone is larger than a resource may be, or the ruler would refuse
                rules.
            OutputError: If a name cannot be that of a file.
        """
        writer = self.writer(_INDENT)
        parts = tuple(self._parts(writer, built, layout))
        raise_all([*self.faults(built, writer), *_too_large(writer, built)])
        files = tuple(
            File(f"{self.folder}/{part.file}", partial(self._resource, writer, part))
            for part in parts
        )
        if not self.kustomization:
            return files
        return (*files, self._kustomization([part.file for part in parts]))

    def _parts(
        self, writer: GroupWriter, built: tuple[Built, ...], layout: Layout
    ) -> Iterator[_Part]:
        for name, slos in by_file(built, layout).items():
            for number, part in enumerate(_split(writer, slos), start=1):
                yield _Part(name, number, part)

    def _resource(self, writer: GroupWriter, part: _Part) -> str:
        lines = (
            *self.head(part.slos),
            f"apiVersion: {self.api_version}",
            f"kind: {self.kind}",
            *kubernetes.metadata(
                naming.rule_resource(part.name, part.number),
                self.namespace,
                self.labels,
                self.annotations,
            ),
            "spec:",
            "  groups:",
            *map(writer.text, part.slos),
        )
        return "\n".join(lines) + "\n"

    def _kustomization(self, names: Iterable[str]) -> File:
        if _KUSTOMIZATION in (named := sorted(names)):
            reason = (
                f"{self.folder}/{_KUSTOMIZATION} would be a file of rules and that of kustomize"
            )
            remedy = "rename the service or the id, or switch the option kustomization off"
            raise OutputError(reason, remedy=remedy)
        lines = (
            HEADER,
            "apiVersion: kustomize.config.k8s.io/v1beta1",
            "kind: Kustomization",
            "resources:",
            *(f"  - {scalar(name)}" for name in named),
        )
        return File(f"{self.folder}/{_KUSTOMIZATION}", "\n".join(lines) + "\n")


def _too_large(writer: GroupWriter, built: Iterable[Built]) -> Iterator[InputError]:
    for one in built:
        if (size := writer.size(one)) > LARGEST:
            yield InvalidValue(
                f"the YAML of the rules of {one.slo.definition.id}",
                f"{size:,} bytes",
                f"at most {LARGEST:,}: an operator copies them into a ConfigMap",
                "write fewer tiers, or shorter queries, labels and annotations",
                origin=one.slo.definition.origin,
            )


def _split(writer: GroupWriter, slos: Iterable[Built]) -> Iterator[tuple[Built, ...]]:
    """Yield as many SLOs as a resource holds, in their order."""
    part: list[Built] = []
    total = 0
    for one in slos:
        size = writer.size(one)
        if part and total + size > LARGEST:
            yield tuple(part)
            part, total = [], 0
        part.append(one)
        total += size
    yield tuple(part)
