"""Tests of what is said about SLOs in a review."""
