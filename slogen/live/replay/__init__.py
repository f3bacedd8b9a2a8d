"""SLOs replayed over what was counted: when their alerts would have fired."""
