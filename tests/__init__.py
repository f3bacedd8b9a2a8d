"""The tests, laid out as slogen is."""
