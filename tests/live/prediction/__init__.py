"""Tests of forecasts, and of the objectives that windows met."""
