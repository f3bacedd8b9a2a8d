"""A script with a mistake of its own."""

from slogen import Selector


def selector(services: dict[str, str]) -> Selector:
    """Return a selector."""
    return Selector(f'requests_total{{job="{services["shop"]}"}}')


requests = selector({})
