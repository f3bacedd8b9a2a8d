"""Tests of `slogen.live.replay`."""
