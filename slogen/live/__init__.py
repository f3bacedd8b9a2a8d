"""What the rules have recorded, read from a Prometheus: status, reports, gates.

Everything that opens a socket stands here, behind the extra ``slogen[live]``. Nothing of it runs
in production.
"""
