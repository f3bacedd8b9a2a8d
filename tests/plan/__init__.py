"""Tests of the plan: tiers, timing and windows."""
