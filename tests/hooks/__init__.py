"""Hooks and CI: what stands in ``.pre-commit-hooks.yaml`` and in docs/ci.md, run for real."""
