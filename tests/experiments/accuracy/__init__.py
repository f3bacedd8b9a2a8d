"""How far recorded ratios are from the truth, and what they cost, beside the usual ways."""
