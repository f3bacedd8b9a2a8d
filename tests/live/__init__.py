"""Tests of what asks a Prometheus."""
