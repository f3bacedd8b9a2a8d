"""Tests of Pyrra's files."""
