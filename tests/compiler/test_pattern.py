"""Texts with gaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slogen.compiler.pattern import Pattern

STAND_INS = ("A", "B.", "C|")


@given(st.lists(st.sampled_from([*STAND_INS, "x", "", "\\1", "\n", "é"])), st.data())
def test_each_gap_gets_its_own_text(parts: list[str], data: st.DataObject) -> None:
    """Whatever the texts are, backslashes and stand-ins too, they stand where stand-ins stood."""
    texts = data.draw(st.lists(st.text("ABC.|\\1x"), min_size=3, max_size=3))
    own = dict(zip(STAND_INS, texts, strict=True))

    pattern = Pattern.of("".join(parts), STAND_INS)

    assert pattern.filled(texts) == "".join(own.get(part, part) for part in parts)


def test_without_stand_ins_there_is_no_gap() -> None:
    """A text that nobody shares is itself."""
    assert Pattern.of("a text", ()) == Pattern(("a text",), ())
    assert Pattern.of("a text", ()).filled(()) == "a text"
