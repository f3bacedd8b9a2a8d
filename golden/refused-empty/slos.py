"""A script without an SLO."""

from slogen import Service

shop = Service("shop")
