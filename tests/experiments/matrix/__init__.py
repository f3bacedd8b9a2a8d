"""Settings in pairs: whatever they allow, fresh rules pass their own proof."""
