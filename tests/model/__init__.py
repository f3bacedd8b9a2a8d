"""Tests of the model: what converts, what is refused, what is equal."""
