"""The 34 edits of generated rules that the first proofs were held against: what catches each."""

from __future__ import annotations

import attrs

from slogen import (
    SLO,
    AlertPolicy,
    ErrorRatio,
    Events,
    Latency,
    Selector,
    Service,
    TimeSlices,
    Up,
)

_REQUESTS = Selector('requests_total{job="shop"}')
_BAD = Events(total=_REQUESTS, bad=_REQUESTS.where('code=~"5.."'))
_ALL = AlertPolicy(preset="standard", low=True, violated=True)
_SHOP = Service("shop", owner="team")


def _slo(name: str, sli: object, objective: str = "99.9%", **more: object) -> SLO:
    said = {"id": name, "name": name, "objective": objective, "sli": sli, "alerts": _ALL, **more}
    return SLO(service=_SHOP, window="30d", **said)  # type: ignore[arg-type]


def _slices(query: str, good_when: str) -> TimeSlices:
    return TimeSlices(query=query, good_when=good_when)


SLOS = {
    "e": _slo("e", _BAD),
    "ei": _slo("ei", _BAD, alerts=AlertPolicy(preset="none", incomplete=True)),
    "eb": _slo("eb", Events(total='t_total{a="b"}', bad='f_total{a="b"}')),
    "g": _slo("g", _BAD, group_by="tenant"),
    "gs": _slo("gs", _BAD, group_by="tenant", alerts=AlertPolicy(stale_groups=True)),
    "gd": _slo("gd", Events(total="orders_total", good='sent_total{carrier=~"post|dhl"}'), "90%"),
    "l": _slo("l", Latency(histogram='lat_seconds{job="shop"}', under="1s"), "95%"),
    "u": _slo("u", Up(gauge='up{job="shop"}'), "99%", group_by="instance"),
    "ts": _slo("ts", TimeSlices(query="lag_seconds", good_when="<= 300"), "99%"),
    "ur": _slo("ur", Up(gauge='up{job=~"api|web"}'), "99%"),
    "tq": _slo("tq", _slices('lag_seconds{queue=~"mail|orders"}', "<= 300"), "99%"),
    "tx": _slo("tx", _slices('max(lag_seconds{queue=~"mail|orders"})', "<= 300"), "99%"),
    "tn": _slo("tn", _slices('min(workers{pool=~"a|b"})', ">= 2"), "99%"),
    "ta": _slo("ta", _slices('avg(load{host=~"db|web"})', "<= 0.8"), "99%"),
    "tr": _slo("tr", _slices('sum(rate(hits_total{code!~"5.."}[$window]))', ">= 10"), "99%"),
    "tp": _slo(
        "tp",
        _slices(
            'sum(rate(hits_total{code=~"5.."}[$window])) / sum(rate(hits_total[$window]))',
            "< 0.01",
        ),
        "99%",
    ),
    "er": _slo("er", ErrorRatio(query='avg(error_ratio{site=~"eu|us"})'), "99%"),
}
"""SLOs of each kind with all alerts, and two with one of the alerts about data alone."""


@attrs.frozen
class InheritedEdit:
    """What a hand did to the rules of an SLO.

    Attributes:
        slo: The id of the SLO.
        what: In words.
        found: A pattern; every place that it matches is edited.
        put: What stands there then.
        caught_by: A scenario that fails.
    """

    slo: str
    what: str
    found: str
    put: str
    caught_by: str


_COUNTS = "what is selected counts, and nothing else"
_LOST = "missed scrapes and restarts lose nothing"
_SPOILT = "a series that gives NaN or Inf takes nothing else with it"
_ONE_NAN = "a series that gives NaN takes nothing else with it"
_WEIGHT = "events weigh, not minutes"
_SPELLED = "a bucket counts once, however its bound is spelled"
_LIMIT = "a value at the limit is on its side"
_HOURS = "an hour is recorded once, and what is open counts as well"
_SPENT = "a budget is spent, through all of its states"
_SCRAPED = "events count whenever their targets are scraped"
_FEW = "alerts about budget and objective need 3 bad events"
_GONE = "what is left of a budget will be gone in time"
_LASTS = "what is left of a budget will last for longer than its window"
_TURN = "each hour is recorded in its turn"
_FORGOTTEN = "an hour that the window no longer holds is forgotten"
_OLDER = "a window has no events that are older"
_MISSING = "SLODataIncomplete fires when data is missing again and again"
_PAGE = "SLOBurnRatePage 14.4x over 1h and 5m"
_TICKET = "SLOBurnRateTicket 3x over 1d and 2h"
_VIOLATED = "SLOObjectiveViolated fires below the objective"
_STALE = "SLODataStale fires when the data ends"
_STALE_LONG = "SLODataStale goes on while the data is gone"
_STALE_IDLE = "SLODataStale waits a day for a service that was idle"
_LEFT = "SLOGroupDataStale is over a day after a group has left"
_STALE_GROUP = "SLOGroupDataStale fires when the data of a group ends"
_YOUNG = "alerts of a young SLO say what is so of their own group"
_OLD = "alerts of an old SLO say what is so of their own group"
_OUTAGE = "fires at a total outage, and resolves"
_FILTERED = r"requests_total\{job=\"shop\"%s\}\[10m\] offset 45s\)"
_ALL_REQUESTS, _BAD_REQUESTS = _FILTERED % "", _FILTERED % r",code=~\"5\.\.\""
_BAD_OF = r"sum\(sum_over_time\(slo:sli_errors:increase\{slo_id=\"e\"\}\[%s\]\)\) / %s"
_6H, _1H = _BAD_OF % ("6h", "21600"), _BAD_OF % ("1h", "3600")

INHERITED = (
    InheritedEdit("e", "a base range of 3m instead of 90s", r"\[90s\]", "[3m]", _LOST),
    InheritedEdit(
        "e", "a longest gap of 3m instead of 10m", r"\[10m\] offset", "[3m] offset", _LOST
    ),
    InheritedEdit("e", "a counter that falls a little", r"0\.875", "0.99", _LOST),
    InheritedEdit("l", "restarts below half of the value alone", r"0\.875", "0.5", _LOST),
    InheritedEdit("e", "a base range of 2m", r"\[90s\]", "[2m]", _LOST),
    InheritedEdit("e", "a longest gap of 1h", r"\[10m\] offset", "[1h] offset", _LOST),
    InheritedEdit(
        "e", "a longest gap of 11m before a restart", r"0\.875(.+)10m", r"0.875\g<1>11m", _LOST
    ),
    InheritedEdit(
        "e", "a longest gap of 5m before a restart", r"0\.875(.+)10m", r"0.875\g<1>5m", _LOST
    ),
    InheritedEdit("e", "restarts below 0.87", r"0\.875", "0.87", _LOST),
    InheritedEdit("e", "restarts below 0.88", r"0\.875", "0.88", _LOST),
    InheritedEdit(
        "e", "newest samples of 30s before", r"(\[90s\] offset) 15s", r"\1 30s", _SCRAPED
    ),
    InheritedEdit("e", "newest samples of 7s before", r"(\[90s\] offset) 15s", r"\1 7s", _SCRAPED),
    InheritedEdit(
        "eb",
        "bad events count without all events",
        r"\n +and\n +group\(last_over_time\(t_total\{a=\"b\"\}\[10m\] offset 15s\)\)"
        r"(?=\n +\) \* on \(\) group_left)",
        "",
        "bad events alone record nothing",
    ),
    InheritedEdit(
        "e", "NaN filter of errors removed", f"({_BAD_REQUESTS}) >= 0 < Inf", r"\1", _SPOILT
    ),
    InheritedEdit(
        "e", "Inf filter of errors removed", f"({_BAD_REQUESTS}) >= 0 < Inf", r"\1 >= 0", _SPOILT
    ),
    InheritedEdit(
        "e", "NaN filter of total removed", f"({_ALL_REQUESTS}) >= 0 < Inf", r"\1", _SPOILT
    ),
    InheritedEdit(
        "e", "Inf filter of total removed", f"({_ALL_REQUESTS}) >= 0 < Inf", r"\1 >= 0", _SPOILT
    ),
    InheritedEdit(
        "e", "restarts from Inf", rf"\((last_over_time\({_ALL_REQUESTS}) < Inf\)", r"\1", _SPOILT
    ),
    InheritedEdit(
        "e",
        "restarts below 0",
        r"\((last_over_time\(requests_total\S+\[90s\] offset 15s\)) >= 0\)",
        r"\1",
        _SPOILT,
    ),
    InheritedEdit(
        "eb",
        "NaN filter of an earlier bad sample removed",
        r"\n +or\n +0 \* last_over_time\(f_total\{a=\"b\"\}\[10m\] offset 45s\) != 0",
        "",
        _SPOILT,
    ),
    InheritedEdit(
        "eb",
        "NaN filter of an earlier sample of the total removed",
        r"\n +or\n +0 \* last_over_time\(t_total\{a=\"b\"\}\[10m\] offset 45s\) != 0",
        "",
        _SPOILT,
    ),
    InheritedEdit(
        "e",
        "coverage not clamped",
        r"clamp_max\(\n(\s+\(\n\s+time\(\) - min(?:.|\n)+?/ 2592000),\n\s+1\n(\s+\))",
        r"(\n\1\n\2",
        _FEW,
    ),
    InheritedEdit(
        "e",
        "coverage of a day instead of 30d",
        r"(min_over_time\(slo:sli_events:hour\S+\[)40d",
        r"\g<1>1d",
        _SPENT,
    ),
    InheritedEdit("e", "exhaustion by 1h alone", rf"{_6H}\n\s+> {_1H}\n\s+or\n\s+", "", _GONE),
    InheritedEdit("e", "exhaustion by 6h alone", rf"\n\s+> {_1H}\n\s+or\n\s+{_1H}", "", _GONE),
    InheritedEdit("e", "exhaustion shown within 10d only", r"\) <= 2592000$", ") <= 864000", _GONE),
    InheritedEdit("e", "exhaustion shown however far it is", r"\) <= 2592000$", ")", _LASTS),
    InheritedEdit(
        "e", "exhausted ends at once", r"keep_firing_for: 1h\n        labels", "labels", _SPENT
    ),
    InheritedEdit(
        "e",
        "low goes on for 2h",
        r"(alert: SLOErrorBudgetLow(?:.|\n)+?\n)(        labels)",
        r"\1        keep_firing_for: 2h\n\2",
        _SPENT,
    ),
    InheritedEdit("e", "slo_info of another owner", r"( )owner: team$", r"\1owner: x", _SPENT),
    InheritedEdit(
        "e", "the label slo_owner removed", r"          slo_owner: team\n", "", f"{_PAGE} {_OUTAGE}"
    ),
    InheritedEdit("e", "hours recorded five minutes later", ">= 240 < 300", ">= 540 < 600", _HOURS),
    InheritedEdit(
        "e",
        "a limit of 0.2 instead of 0.1 in one state alone",
        r"(<= bool 0.25\)\n\s+- \(\S+ <= bool) 0.1|"
        r"(<= bool 0.25\)\n\s+- \(max\(\S+ <= bool) 0.1",
        r"\1\2 0.2",
        _SPENT,
    ),
    InheritedEdit(
        "e",
        "violated over 6h",
        r"(1 - max by \(slo_id\) \(slo:sli_error:ratio_rate)1h",
        r"\g<1>6h",
        _VIOLATED,
    ),
    InheritedEdit(
        "e",
        "violated goes on for 2h",
        r"(alert: SLOObjectiveViolated(?:.|\n)+?\n)(        labels)",
        r"\1        keep_firing_for: 2h\n\2",
        _VIOLATED,
    ),
    InheritedEdit(
        "e",
        "violated over 5m",
        r"(1 - max by \(slo_id\) \(slo:sli_error:ratio_rate)1h",
        r"\g<1>5m",
        _VIOLATED,
    ),
    InheritedEdit(
        "e",
        "a ticket's short window of 30m instead of 2h",
        r"(ratio_rate)2h(\S+ / 0.001 > 3)",
        r"\g<1>30m\2",
        f"{_TICKET} {_OUTAGE}",
    ),
    InheritedEdit("g", "events before the end forgotten after 5m", r"\[26h\]", "[5m]", _STALE),
    InheritedEdit(
        "g",
        "SLODataStale goes on for 20m",
        r"(alert: SLODataStale(?:.|\n)+?\n)(        labels)",
        r"\1        keep_firing_for: 20m\n\2",
        _STALE,
    ),
    InheritedEdit("g", "events before the end forgotten after 2h", r"\[26h\]", "[2h]", _STALE_LONG),
    InheritedEdit(
        "e", "hours forgotten after 12h", r"(absent_over_time\(.+\[)1d", r"\g<1>12h", _STALE_IDLE
    ),
    InheritedEdit(
        "e", "hours forgotten after 2d", r"(absent_over_time\(.+\[)1d", r"\g<1>2d", _STALE_IDLE
    ),
    InheritedEdit(
        "gs",
        "SLOGroupDataStale goes on for 20m",
        r"(alert: SLOGroupDataStale(?:.|\n)+?\n)(        labels)",
        r"\1        keep_firing_for: 20m\n\2",
        _STALE_GROUP,
    ),
    InheritedEdit("gs", "a group forgotten after 1h", r"(group_events.+\[)1d", r"\g<1>1h", _LEFT),
    InheritedEdit("gs", "a group forgotten after 2d", r"(group_events.+\[)1d", r"\g<1>2d", _LEFT),
    InheritedEdit(
        "g",
        "exhausted without 3 bad events",
        r"\n +and\n +max by \(slo_id, tenant\) \(slo:sli_errors:period\S+ >= 3",
        "",
        _FEW,
    ),
    InheritedEdit("g", "4 bad events instead of 3", ">= 3$", ">= 4", f"{_PAGE} needs 3 bad events"),
    InheritedEdit(
        "g",
        "bad events of all tenants count",
        r"and\n(\s+)sum by \(slo_id, tenant\) \(sum_over_time",
        r"and on (slo_id)\n\g<1>sum by (slo_id) (sum_over_time",
        f"{_PAGE} needs 3 bad events",
    ),
    InheritedEdit(
        "g",
        "samples are counted instead of bad events",
        r"sum by \(slo_id, tenant\) \(sum_over_time\(slo:sli_errors:increase",
        "sum by (slo_id, tenant) (count_over_time(slo:sli_errors:increase",
        f"{_PAGE} needs 3 bad events",
    ),
    InheritedEdit(
        "gs",
        "a group with data silences the others",
        r"unless on \(tenant\)",
        "unless on ()",
        _STALE_GROUP,
    ),
    InheritedEdit(
        "l", "one spelling of a bucket's bound", r'le=~"1\|1\[\.\]0"', 'le="1"', _SPELLED
    ),
    InheritedEdit("l", "both spellings summed", "max without", "sum without", _SPELLED),
    InheritedEdit(
        "l",
        "a latency's events count without its buckets",
        r"\n +and\n +max without \(le\) \((?:.|\n)+?\n            \)\n",
        "\n",
        _SPOILT,
    ),
    InheritedEdit(
        "l", "good events are those of the bucket +Inf", r'le=~"1\|1\[\.\]0"', 'le="+Inf"', _COUNTS
    ),
    InheritedEdit("u", "values above 1 count", ">= 0 <= 1", ">= 0", _ONE_NAN),
    InheritedEdit("u", "values below 0 count", ">= 0 <= 1", "<= 1", _ONE_NAN),
    InheritedEdit(
        "u", "sum instead of group", r"group by \(instance\) \(up", "sum by (instance) (up", _COUNTS
    ),
    InheritedEdit(
        "e", "one code of those that a regex allows", r'code=~"5\.\."\}', 'code="500"}', _COUNTS
    ),
    InheritedEdit("e", "a code more", r'code=~"5\.\."\}', 'code=~"5..|429"}', _COUNTS),
    InheritedEdit(
        "e", "a rare code of those that a regex allows", r'code=~"5\.\."\}', 'code=~"50."}', _COUNTS
    ),
    InheritedEdit(
        "e",
        "the data of five minutes instead of an hour",
        r"(count_over_time\(slo:sli_events:increase\S+\[)1h(\]\)\) \* 30 / 3600)",
        r"\g<1>5m\2",
        _WEIGHT,
    ),
    InheritedEdit(
        "e",
        "the ratio of 30d without a tier removed",
        r"      - record: slo:sli_error:ratio_rate30d\n(?:        .+\n)+",
        "",
        _WEIGHT,
    ),
    InheritedEdit(
        "e",
        "a window without its service",
        r"(record: slo:sli_error:ratio_rate30m\n(?:        .+\n)+?)          slo_service: shop\n",
        r"\1",
        _WEIGHT,
    ),
    InheritedEdit(
        "e",
        "a window of another name",
        r"(record: slo:sli_error:ratio_rate5m\n(?:        .+\n)+?          slo_name:) .+\n",
        r"\1 f\n",
        _WEIGHT,
    ),
    InheritedEdit("g", "jobs whose names begin alike", r'job="shop"', 'job=~"shop.*"', _COUNTS),
    InheritedEdit(
        "gd",
        "a good event of which another metric has a carrier less",
        r'carrier=~"post\|dhl"',
        'carrier="post"',
        _COUNTS,
    ),
    InheritedEdit("e", "hours of two labels", r"% 4\)", "% 2)", _TURN),
    InheritedEdit(
        "e",
        "hours that are recorded for 6h instead of 2h",
        r"(last_over_time\(slo:sli_\w+:(?:sum1h|hour)\S+\[)2h",
        r"\g<1>6h",
        _TURN,
    ),
    InheritedEdit(
        "e",
        "hours that are recorded for 1h",
        r"(last_over_time\(slo:\S+1h\S+\[)2h",
        r"\g<1>1h",
        _TURN,
    ),
    InheritedEdit("e", "a window of 28d", r"(sum1h\S+\[)30d", r"\g<1>28d", _FORGOTTEN),
    InheritedEdit("g", "bad events of 7d alone", r"(errors:sum1h\S+\[)30d", r"\g<1>7d", _FORGOTTEN),
    InheritedEdit("e", "an age of 30d at most", r"\[40d\]", "[30d]", _FORGOTTEN),
    InheritedEdit(
        "e",
        "exhausted though there are no events",
        r"and\n\s+sum by \(slo_id\) \(\n\s+sum_over_time\(slo:sli_events:sum1h\S+\[1d\]\)"
        r"(?:.|\n)+?\) > 0\n",
        "",
        _FORGOTTEN,
    ),
    InheritedEdit("ur", "a job less of a gauge", r'job=~"api\|web"', 'job="api"', _COUNTS),
    InheritedEdit(
        "ur",
        "a gauge's jobs whose names begin alike",
        r'job=~"api\|web"',
        'job=~"api|web.*"',
        _COUNTS,
    ),
    InheritedEdit(
        "ur",
        "a gauge's jobs of which one is exchanged",
        r'job=~"api\|web"',
        'job=~"api|web-.*"',
        _COUNTS,
    ),
    InheritedEdit("tq", "a queue less", r'=~"mail\|orders"', '="mail"', _COUNTS),
    InheritedEdit(
        "tq", "queues whose names begin alike", r"mail\|orders", "mail|orders.*", _COUNTS
    ),
    InheritedEdit("tx", "a queue less of a maximum", r'=~"mail\|orders"', '="orders"', _COUNTS),
    InheritedEdit("tx", "any queue of a maximum", r'=~"mail\|orders"', '!=""', _COUNTS),
    InheritedEdit("tn", "a pool less of a minimum", r'=~"a\|b"', '="a"', _COUNTS),
    InheritedEdit(
        "tn", "pools of a minimum whose names begin alike", r'=~"a\|b"', '=~"a|b.*"', _COUNTS
    ),
    InheritedEdit("ta", "a host less of an average", r'=~"db\|web"', '="db"', _COUNTS),
    InheritedEdit(
        "ta",
        "hosts of an average whose names begin alike",
        r'=~"db\|web"',
        '=~"db|web.*"',
        _COUNTS,
    ),
    InheritedEdit("tr", "a code less of a sum", r'code!~"5\.\."', 'code!~"5..|404"', _COUNTS),
    InheritedEdit("tr", "a code more of a sum", r'code!~"5\.\."', 'code!~"50."', _COUNTS),
    InheritedEdit("tp", "a code less of a part", r'code=~"5\.\."', 'code="500"', _COUNTS),
    InheritedEdit("tp", "a code more of a part", r'code=~"5\.\."', 'code=~"5..|429"', _COUNTS),
    InheritedEdit("er", "a site less of an error ratio", r'=~"eu\|us"', '="eu"', _COUNTS),
    InheritedEdit(
        "er",
        "sites of an error ratio whose names begin alike",
        r'=~"eu\|us"',
        '=~"eu|us.*"',
        _COUNTS,
    ),
    InheritedEdit("ts", "good and bad reversed", "> bool 300", "< bool 300", _COUNTS),
    InheritedEdit("ts", "another limit", "bool 300", "bool 30", _COUNTS),
    InheritedEdit("ts", "a limit close by", "bool 300", "bool 299", _LIMIT),
    InheritedEdit("ts", "the limit itself is bad", "> bool 300", ">= bool 300", _LIMIT),
    InheritedEdit(
        "e", "a text asks another SLO", r'(ratio_period\{slo_id=\\?")e(\\?"\}\)`)', r"\1x\2", _OLD
    ),
    InheritedEdit("e", "a text says another window", r"over 1h\{\{ end", "over 6h{{ end", _OLD),
    InheritedEdit("g", "a text of any tenant", r",tenant=%q\}", "}", _YOUNG),
    InheritedEdit(
        "g",
        "a text of any tenant's budget",
        r"(remaining:ratio\{slo_id=.+?),tenant=%q",
        r"\1",
        _YOUNG,
    ),
    InheritedEdit(
        "g",
        "a text since another alert",
        r"alertname=\"SLOErrorBudgetLow\"",
        'alertname="Other"',
        _OLD,
    ),
    InheritedEdit(
        "e",
        "a text of the budget of another SLO",
        r"(remaining:ratio\{slo_id=\\?\")e(\\?\"\}\)`)",
        r"\1x\2",
        _YOUNG,
    ),
    InheritedEdit("l", "a text with fewer digits", r"%\.3g", "%.1g", _YOUNG),
    InheritedEdit("u", "a text of any target", r",instance=%q\}", "}", _YOUNG),
    InheritedEdit(
        "ts",
        "a text that takes 3d for 1d",
        r"\* 259200 / clamp_max",
        "* 86400 / clamp_max",
        _YOUNG,
    ),
    InheritedEdit("e", "a window of 12h instead of 6h", r"\[6h\]", "[12h]", _OLDER),
    InheritedEdit("u", "a window of 10m instead of 5m", r"\[5m\]", "[10m]", _OLDER),
    InheritedEdit("gd", "a window of 50m instead of 1h", r"\[1h\]", "[50m]", _OLDER),
    InheritedEdit("ei", "a tenth of the data may be missing", r"< 0\.95", "< 0.9", _MISSING),
    InheritedEdit("ei", "a fiftieth of the data may be missing", r"< 0\.95", "< 0.98", _MISSING),
    InheritedEdit("e", "a spent budget is left for a minute", r"<= 0, 0\)", "<= 0, 60)", _SPENT),
    InheritedEdit("u", "an age counted from another moment", "% 3600$", "% 3240", _HOURS),
    InheritedEdit(
        "e",
        "bad events of 1d without what an hour had that bore the label before",
        r"(errors:sum1h\S+\[1d\](.|\n)+?sum1h\S+\[)2h",
        r"\g<1>4h",
        _TURN,
    ),
)

NOT_SHOWN = (
    InheritedEdit(
        "e", "another interval of the slow group", r"(:slow\n    interval:) 1m", r"\1 10m", ""
    ),
    InheritedEdit(
        "e", "another interval of the fast group", r"(:fast\n    interval:) 30s", r"\1 2m", ""
    ),
    InheritedEdit(
        "e",
        "SLODataStale asks for all events",
        r"absent\(slo:sli_errors",
        "absent(slo:sli_events",
        "",
    ),
    InheritedEdit("e", "2.99 bad events instead of 3", ">= 3$", ">= 2.99", ""),
)
"""What passes: docs/reference/proof.md says of each why."""
