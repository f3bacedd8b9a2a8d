"""What `slogen init` is told: by options, by answers to questions, or by defaults."""

from __future__ import annotations

import json
from importlib import metadata
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs
import click

from slogen.errors import InvalidValue
from slogen.formats.slogen_yaml.library import entry_keys
from slogen.library import entries
from slogen.library.names import similar_entries
from slogen.model import Service
from slogen.starter import Starter, requirement
from slogen.starter.choices import CI, CIS, FORMS, Form
from slogen.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from slogen.library.entry import Entry

T = TypeVar("T")

_SERVICE = "shop"
_RUNBOOK = "https://runbooks.example.com/"


@attrs.frozen(kw_only=True)
class Answers:
    """What the command line says, and whether the rest is asked for."""

    service: str | None
    owner: str | None
    runbook: str | None
    form: Form | None
    ci: CI | None
    entry: str | None
    asks: bool

    def starter(self, place: str) -> Starter:
        """Return what the project begins with.

        Args:
            place: Its folder below the top of its repository.

        Raises:
            click.UsageError: If an option says what cannot be, or no answer comes.
            KeyboardInterrupt: If somebody interrupts a question.
        """
        entry = self._entry()
        name = self._said("Service", self.service, _SERVICE, _named)
        owner = self._said("Owner", self.owner, f"team-{name}", _owned)
        runbook = self._said("Runbook", self.runbook, _RUNBOOK, _explained)
        return Starter(
            service=Service(name, owner=owner, runbook=runbook, origin=None),
            form=cast("Form", self._chosen("Format", self.form, FORMS)),
            ci=cast("CI", self._chosen("CI", self.ci, CIS)),
            entry=entry,
            arguments=self._arguments(entry, name) if entry else {},
            requirement=requirement(_direct_url()),
            place=place,
        )

    def _entry(self) -> Entry | None:
        if self.entry is None:
            return None
        known = entries()
        if self.entry not in known:
            near = similar_entries(self.entry, tuple(known)) or f"entries: {', '.join(known)}"
            raise click.UsageError(f"--from: the library has no entry '{self.entry}'\n{near}")
        if legacy := known[self.entry].exporter.legacy:
            click.echo(f"slogen: {self.entry} is legacy: {legacy}", err=True)
        return known[self.entry]

    def _arguments(self, entry: Entry, service: str) -> Mapping[str, str]:
        """Return the arguments of an entry that its example has, which is about the service.

        What each of them is stands before its question.
        """
        example = {
            name: service if value == _SERVICE else value for name, value in entry.example.items()
        }
        given = dict(example)
        said = {key.name: key.description for key in entry_keys(entry)}

        def checked(name: str) -> Callable[[str], str]:
            def check(answer: str) -> str:
                entry.indicator(entry.arguments(**given | {name: answer}))
                return answer

            return check

        for name, default in example.items():
            if self.asks:
                click.echo(f"{name}: {said[name]}", err=True)
            given[name] = self._said(name, None, default, checked(name))
        return given

    def _said(self, what: str, given: str | None, default: str, check: Callable[[str], str]) -> str:
        """Return what the command line says, or else an answer that can be, or else the default."""
        refusing = _refusing(check)
        if given is not None:
            return refusing(given)
        return _prompted(what, default, value_proc=refusing) if self.asks else default

    def _chosen(self, what: str, given: str | None, words: Sequence[str]) -> str:
        """Return one of a few words; the first is the default."""
        if given is None and self.asks:
            return _prompted(what, words[0], type=click.Choice(words))
        return given or words[0]


def _prompted(what: str, default: str, **shown: Any) -> str:  # noqa: ANN401 (click's own)
    """Return an answer; one that cannot be is asked for again.

    Raises:
        click.UsageError: If nobody is there to answer.
        KeyboardInterrupt: If somebody interrupts the question.
    """
    try:
        answer: str = click.prompt(what, default=default, err=True, **shown)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise click.UsageError("no answer came: --yes takes the defaults") from None
    return answer


def _direct_url() -> str | None:
    """Return what pip wrote about where slogen comes from, if that is no index."""
    try:
        return metadata.distribution("slogen").read_text("direct_url.json")
    except metadata.PackageNotFoundError:  # not installed, but found on PYTHONPATH
        return json.dumps({"url": "file:"})


def _refusing(check: Callable[[str], T]) -> Callable[[str], T]:
    """Return a check whose refusal is a mistake of the command line: a question is asked again."""

    def checked(answer: str) -> T:
        try:
            return check(answer)
        except InvalidValue as fault:
            raise click.UsageError(str(fault)) from None

    return checked


def _named(name: str) -> str:
    return Service(name, origin=None).name


def _owned(owner: str) -> str:
    if not owner.strip():
        raise InvalidValue("Service.owner", quoted(owner), 'a team, such as "team-shop"')
    return Service("any", owner=owner, origin=None).owner


def _explained(runbook: str) -> str:
    if not runbook.strip():
        allowed = "an address that begins with https:// or http://"
        raise InvalidValue("Service.runbook", quoted(runbook), allowed)
    return Service("any", runbook=runbook, origin=None).runbook
