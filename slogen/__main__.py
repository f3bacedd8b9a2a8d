"""``python -m slogen`` is the command line."""

from slogen.cli import main

main()
