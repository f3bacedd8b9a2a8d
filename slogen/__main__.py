"""``python -m slogen`` is the command line."""

from slogen.cli import main

if __name__ == "__main__":
    main()
