"""The real tools that generated rules are proven with: Prometheus, promtool and their kin."""
