"""The tutorial, followed by a program."""
