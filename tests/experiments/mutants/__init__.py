"""Mutants: changes that make slogen wrong, and who notices."""
