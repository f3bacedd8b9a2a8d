"""Dashboards, drawn by Grafana's own packages in a real browser; README.md says how."""
