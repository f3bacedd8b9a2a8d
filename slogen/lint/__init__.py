"""What ``slogen lint`` does with findings: which count, which are known, how they are written.

The findings themselves are those of `slogen.checks` and `slogen.formats`; nothing is looked for
here.
"""
