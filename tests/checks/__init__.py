"""Tests of checks: each has a hit, a miss and an edge."""
