"""How old the numbers are that rules record, on a real Prometheus in real time."""
