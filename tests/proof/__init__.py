"""What the generated rules do, said by promtool and by real servers."""
