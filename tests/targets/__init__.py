"""Tests of the targets: YAML, files and rule files."""
