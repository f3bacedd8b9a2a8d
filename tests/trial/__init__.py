"""Tests of what promtool is asked, and of what its answers mean."""
