"""What the rules of many SLOs cost a real Prometheus, beside rules that read raw series."""
