"""YAML for every format: text to nodes that know their places, and nodes to objects.

``reading`` makes nodes of text, ``objects`` makes objects of nodes or says all that is wrong with
them, ``shapes`` is what may stand behind a key, ``writing`` makes text.
"""
