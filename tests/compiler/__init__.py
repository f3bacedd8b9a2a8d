"""Tests of the compiler: buckets, limits, and what holds for all rules."""
