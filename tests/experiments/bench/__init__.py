"""How long slogen takes and how much memory, beside what cannot be avoided."""
