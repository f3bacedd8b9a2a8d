"""A script that is not Python."""

slo = SLO(
