"""Tests of `slogen.live.filling`."""
