"""The words of YAML are those of the model."""

from __future__ import annotations

from typing import get_args

from slogen.formats.slogen_yaml.keys import PRESETS
from slogen.model.policy import Preset


def test_every_preset_has_a_word() -> None:
    """No named policy of the model is without its word, and no word without a policy."""
    assert tuple(PRESETS) == get_args(Preset)
    assert [make().preset for make in PRESETS.values()] == list(get_args(Preset))
