"""OpenSLO: its files as SLOs, and SLOs as its files."""
