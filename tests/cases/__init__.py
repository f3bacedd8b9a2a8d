"""Small inputs that went wrong once, each with the right answer."""
