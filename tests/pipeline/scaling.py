"""Rule files in which time runs faster, so that an incident of an hour takes a minute.

All lengths of time are divided by one number: intervals, ranges, offsets and delays. How many
samples a range holds stays the same, and so do the numbers in expressions that count seconds by
counting samples. What time it is, `time()`, is multiplied by the number: a rule's day of 24 hours
is 24 minutes of the server's clock, and begins at midnight of the rules' own time. Names, labels
and the words of annotations stay as they are: `1h` in them is an hour of the rules' own time, of
which their queries ask as well.
"""

from __future__ import annotations

import re

from slogen.units import Duration

_DURATION = r"(?P<duration>[0-9]+(?:ms|[smhd]))"
_PLACES = re.compile(
    rf"""
    (?P<before>
        ^\ +(?:interval|for|keep_firing_for|query_offset|eval_delay):\   # keys of groups and alerts
        | \[                                                  # ranges
        | \]\ offset\                                         # offsets
    )
    {_DURATION}
    (?=\]|\ offset|\)|$)
    """,
    re.VERBOSE | re.MULTILINE,
)
_NOW = re.compile(r"(?<![\w:])time\(\)")


def hastened(text: str, speed: int) -> str:
    """Return a rule file in which time runs so many times faster.

    >>> hastened("sum_over_time(slo:sli_error:ratio_rate1h[2m] offset 75s)", 60)
    'sum_over_time(slo:sli_error:ratio_rate1h[2s] offset 1250ms)'
    >>> hastened("floor(vector(time() / 3600))", 60)
    'floor(vector((60 * time()) / 3600))'
    """
    shortened = _PLACES.sub(lambda match: match["before"] + short(match["duration"], speed), text)
    return _NOW.sub(f"({speed} * time())", shortened)


def short(duration: str, speed: int) -> str:
    """Return how long something takes where time runs so many times faster.

    >>> short("30s", 60)
    '500ms'
    """
    return str(Duration.of_milliseconds(Duration(duration).milliseconds // speed))
