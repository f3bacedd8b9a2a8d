"""Sloth: its files as SLOs."""
