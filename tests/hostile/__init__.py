"""Strings that YAML, PromQL, templates, files and terminals could take for something else."""
