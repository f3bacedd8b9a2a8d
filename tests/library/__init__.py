"""The library: its entries, and what exporters give them to read."""
