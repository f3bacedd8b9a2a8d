"""What SLOs mean, for whoever reviews them: numbers and sentences instead of rules."""
