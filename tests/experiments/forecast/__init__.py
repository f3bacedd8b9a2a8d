"""How far forecasts are from what came, on traffic of many kinds; ``nox -s forecast``."""
