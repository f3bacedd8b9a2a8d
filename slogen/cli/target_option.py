"""The option ``--target``: its help, its completion and what it takes come from the targets."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


class TargetName(click.ParamType[str]):
    """The name of a target; the targets are imported when one is asked for."""

    name = "target"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a name that there is, or end the command with those that there are."""
        from slogen.spelling import did_you_mean  # noqa: PLC0415 (start-up)
        from slogen.targets import TARGETS  # noqa: PLC0415 (start-up)

        if value in TARGETS:
            return value
        remedy = did_you_mean(value, TARGETS)
        allowed = f"allowed: {', '.join(TARGETS)}"
        message = f"no target {value!r}; {allowed}" + (f"; {remedy}" if remedy else "")
        raise click.BadParameter(message, ctx, param)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin as what was typed, with what they are for."""
        del ctx, param
        return [
            CompletionItem(name, help=text)
            for name, text in _helps().items()
            if name.startswith(incomplete)
        ]


class TargetOption(click.Option):
    """An option whose help lists the targets, read from them when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        listed = "; ".join(f"{name} ({text})" for name, text in _helps().items())
        self.help = f"What to write: {listed}. Can be given several times.  [default: prometheus]"
        return super().get_help_record(ctx)


def _helps() -> dict[str, str]:
    from slogen.targets import TARGETS, target_class  # noqa: PLC0415 (start-up)

    return {name: target_class(name).help for name in TARGETS}
