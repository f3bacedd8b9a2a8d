"""From errors to a notification: generated rules in real processes, in which time runs faster."""
