"""Tests of what lint does with findings."""
