"""How-tos: what docs/howto.md shows is built, and what it claims is shown by promtool."""
