"""Tests of what SLOs mean."""
