"""What a project begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

import attrs

from slogen.library.entry import Entry
from slogen.model import Service
from slogen.starter.requirement import requirement

Form = Literal["yaml", "python"]
CI = Literal["github", "gitlab", "none"]
FORMS: tuple[str, ...] = get_args(Form)
CIS: tuple[str, ...] = get_args(CI)

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


@attrs.frozen(kw_only=True)
class Starter:
    """What a project begins with.

    Attributes:
        service: The first service, with its owner and its runbook.
        form: In what its definitions are written.
        ci: What runs in a pull request.
        entry: The entry of the library that its SLO reads; None for HTTP requests by their code.
        arguments: The arguments of the entry, as texts.
        requirement: What CI installs, as pip takes it.
        place: The folder of the project below the top of its repository; empty if it is the top.
    """

    service: Service
    form: Form = "yaml"
    ci: CI = "github"
    entry: Entry | None = None
    arguments: Mapping[str, str] = attrs.field(factory=dict)
    requirement: str = attrs.field(factory=lambda: requirement(None))
    place: str = ""

    @property
    def counts_events(self) -> bool:
        """Whether its SLO counts events, of which there may be few."""
        if self.entry is None:
            return True
        return self.entry.indicator(self.entry.arguments(**self.arguments)).counts_events

    @property
    def file_name(self) -> str:
        """The name of the file of definitions, without a folder.

        >>> Starter(service=Service("my shop/eu", origin=None)).file_name
        'my-shop-eu.yaml'
        """
        stem = _UNSAFE.sub("-", self.service.name).strip("-_") or "service"
        return f"{stem}.{'py' if self.form == 'python' else 'yaml'}"

    @property
    def slo_name(self) -> str:
        """The name of the SLO: what the entry is about."""
        name = self.entry.name if self.entry else "requests"
        if name.endswith(("_requests", "_up")) or name == "requests":
            return "availability"
        return "latency" if name.endswith("_latency") else name.replace("_", "-")
