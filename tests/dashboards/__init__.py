"""Dashboards: their structure, and what a real Prometheus answers to every query of them."""
