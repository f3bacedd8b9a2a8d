"""Hours on real servers: every event once, whatever happens to the server that records them."""
