"""Mutants: patches that make slogen wrong, and who notices."""
