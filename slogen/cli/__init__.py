"""The command line: thin, and the owner of stdout, stderr, exit codes and files."""

from slogen.cli.commands import main
from slogen.cli.convert_command import convert
from slogen.cli.diff_command import diff
from slogen.cli.explain_command import explain
from slogen.cli.history_commands import backfill, backtest
from slogen.cli.init_command import init
from slogen.cli.lint_command import lint
from slogen.cli.live_commands import forecast, gate, report, status

for _command in (
    init,
    convert,
    diff,
    explain,
    lint,
    status,
    report,
    forecast,
    gate,
    backtest,
    backfill,
):
    main.add_command(_command)

__all__ = ["main"]
