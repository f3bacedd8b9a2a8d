"""What `slogen init` writes, as texts."""
