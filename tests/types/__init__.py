"""What type checkers tell the authors of configuration scripts."""
