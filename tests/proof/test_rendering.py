"""What the texts of alerts are predicted to be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slogen.promql.evaluation import IsClose
from slogen.proof.rendering import CannotRender, Rendering

LEFT = "{{ with printf `100 * max(left{tenant=%q})` $labels.tenant | query }}"
SHOWN = '{{ . | first | value | printf "%.3g" }}%'
END = "{{ end }}"


def alert(value: Fraction | str = "1", **values: Fraction | None) -> Rendering:
    """Return an alert of tenant ``a "b"``, 90 s after the beginning."""
    labels = {"tenant": 'a "b"'}
    return Rendering(value=Fraction(value), labels=labels, values=values, now=Fraction(90))


def text(template: str, value: Fraction | str = "1", **values: Fraction | None) -> str:
    """Return what a template of slogen prints of the alert."""
    return alert(value, **values).text(template)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("plain", "plain"),
        ('{{"{"}}{{"{"}} x }}', "{{ x }}"),
        ("{{ $labels.tenant }}, {{ $labels.gone }}", 'a "b", '),
        ('{{ printf "%q" $labels.tenant }}', r'"a \"b\""'),
        ("{{ with $labels.tenant }}x={{ . | urlquery }}{{ end }}", "x=a+%22b%22"),
        ("{{ with $labels.gone }}x={{ . | urlquery }}{{ end }}", ""),
        ('{{ printf "%.1f" $value }}x', "15.2x"),
        (f"{{{{ with printf `vector(0.1 * %g)` $value | query }}}}{SHOWN}{END}", "1.52%"),
        (f"{LEFT}{SHOWN}{END}", "21.6%"),
        (f'{{{{ with query `max(left{{a="}}}} {{{{"}})` }}}}{SHOWN}{END}', "0.216%"),
        ("{{ if gt $value 0.0 }}some{{ else }}none{{ end }}", "some"),
        ("{{ if lt $value 0.5 }}less{{ end }}", ""),
        (
            (
                "{{ with query `time() + max(lasts)` }}by "
                '{{ (. | first | value | toTime).Format "2006-01-02 15:04" }} UTC{{ end }}'
            ),
            "by 1970-01-02 00:01 UTC",
        ),
        (
            (
                "{{ with query `round(max(age) * 2)` }}{{ $age := . | first | value }}"
                "{{ if lt $age 172800.0 }}{{ humanizeDuration $age }}{{ else }}all{{ end }}"
                "{{ end }}"
            ),
            "1d 0h 2m 5s",
        ),
        (f"{{{{ with query `max(none)` }}}}{SHOWN}{{{{ else }}}}nothing{END}", "nothing"),
        (f"{{{{ with query `max(none) or max(age) >= 7` }}}}{SHOWN}{END}", "4.33e+04%"),
        (f"{{{{ with query `max(age) and max(age) >= 1e6` }}}}{SHOWN}{END}", ""),
        (f"{{{{ with query `clamp_max(max(age), 7)` }}}}{SHOWN}{END}", "7%"),
    ],
)
def test_what_is_printed(template: str, expected: str) -> None:
    """It is what promtool prints: other tests compare that."""
    values = {
        "left": Fraction("0.216"),
        "lasts": Fraction(86400),
        "age": Fraction("43262.5"),
        "none": None,
    }

    assert text(template, "15.2", **values) == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{ $value | humanize }}",
        "{{ if eq $labels.tenant `a` }}x{{ end }}",
        "{{ with query `max(unknown)` }}x{{ end }}",
        "{{ with query `rate(left[5m])` }}x{{ end }}",
        "{{ with query `vector(1) % 2` }}x{{ end }}",
        "{{ range query `up` }}x{{ end }}",
        "{{ if gt $value 9.0 }}x{{ else if gt $value 0.5 }}y{{ end }}",
        "{{ with query `max(left)` | sortByLabel `a` }}x{{ end }}",
        "{{ with query `max(left)` }}x{{- end }}",
    ],
)
def test_what_is_not_known_is_refused(template: str) -> None:
    """No text is predicted that might be another one."""
    with pytest.raises(CannotRender, match=r"\S"):
        text(template, left=Fraction(1))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("plain", "plain"),
        ('{{"{"}} x }', "{ x }"),
        ("of {{ $labels.tenant }}{{$labels.gone}}", 'of a "b"'),
        ('{{ printf "%q" $labels.tenant }}', r'"a \"b\""'),
        ('{{ printf "%.1f" $value }}x', "15.2x"),
    ],
)
def test_what_a_users_template_prints(template: str, expected: str) -> None:
    """Labels and the value are known, whoever prints them."""
    assert alert("15.2").own_text(template) == expected


@pytest.mark.parametrize(
    ("template", "unknown"),
    [
        ("{{ $value | humanize }}", "{{ $value | humanize }}"),
        ("{{ if\n  gt $value 0.5 }}x{{ end }}", "{{ if gt $value 0.5 }}"),
        ("{{ with query `max(left)` }}x{{ end }}", "{{ with query `max(left)` }}"),
        ("{{ with $labels.tenant }}x{{ end }}", "{{ with $labels.tenant }}"),
        ("{{ . | urlquery }}", "{{ . | urlquery }}"),
        ("{{ $age := . | first | value }}", "{{ $age := . | first | value }}"),
        ("{{ print `}}` }}", "{{ print `}}` }}"),
        (f"{{{{ {'x' * 99} }}}}", f"{{{{ {'x' * 57}... }}}}"),
    ],
)
def test_what_a_users_template_may_not_do(template: str, unknown: str) -> None:
    """A query may ask any series, and a condition needs what is not known."""
    with pytest.raises(CannotRender) as raised:
        alert(left=Fraction(1)).own_text(template)

    assert str(raised.value) == f"slogen does not know what {unknown} prints"


def test_an_action_that_does_not_end_is_refused() -> None:
    """A comment may have one quotation mark; then no text may be taken for what is printed."""
    with pytest.raises(CannotRender, match="cannot read an action"):
        alert().own_text('a {{/* 5" */}} b')


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('{{ printf "%.1f" $value }}', "0.25"),
        ("{{ if gt $value 0.0 }}x{{ end }}", "0"),
        ("{{ with query `max(left) >= 1` }}x{{ end }}", "1"),
    ],
)
def test_what_a_float_could_turn_is_refused(template: str, value: str) -> None:
    """At a limit, and where rounding turns, the last digit of a float decides."""
    with pytest.raises(IsClose, match=r"\d"):
        text(template, value, left=Fraction(1))


@given(st.fractions(min_value=0, max_value=10**6))
def test_a_float_prints_alike(value: Fraction) -> None:
    """A text that is predicted is that of a float as well, with an error in its last digits."""
    template = '{{ printf "%.1f" $value }}'
    try:
        predicted = text(template, value)
    except IsClose:
        return

    assert predicted == f"{float(value) * (1 + 1e-14):.1f}" == f"{float(value) * (1 - 1e-14):.1f}"
