"""Tests of the formats: Python scripts."""
