"""The truth of recorded numbers: traffic that is known exactly, seen by a real Prometheus."""
