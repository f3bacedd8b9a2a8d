"""What the rules record of a budget over days, beside arithmetic that knows nothing of rules."""
