"""Experiments, which measure or search: a session of nox each."""
