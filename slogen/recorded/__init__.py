"""What the rules record, for whoever reads it: the one description of addresses and limits."""
