"""Sloth's rules and slogen's in one real Prometheus, on the same traffic."""
