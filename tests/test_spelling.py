"""A word that is almost a known one is told which one that is."""

from __future__ import annotations

from slogen.spelling import did_you_mean, nearest


def test_the_nearest_word_is_the_remedy() -> None:
    """A typo is told what was meant, a word of its own is not."""
    assert nearest("windw", ["name", "window"]) == "window"
    assert did_you_mean("windw", ["name", "window"]) == 'did you mean "window"?'
    assert did_you_mean("colour", ["name", "window"]) == ""


def test_a_long_word_and_many_words_are_looked_at_in_part() -> None:
    """Neither megabytes nor thousands of names make anybody wait for a guess."""
    assert nearest("window" + "w" * 10**6, ["window"]) == ""
    assert nearest("window", (str(number) for number in range(10**9))) == ""
