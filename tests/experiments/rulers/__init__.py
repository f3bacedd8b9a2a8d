"""When alerts fire on vmalert and on Prometheus, in real time and for the same outage."""
