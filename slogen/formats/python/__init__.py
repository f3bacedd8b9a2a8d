"""Python scripts, written: ``code`` sets expressions, ``dump`` makes them of SLOs."""
