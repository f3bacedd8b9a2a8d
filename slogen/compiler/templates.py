"""Text for Prometheus' templates, in which labels and annotations of alerts are written."""

from __future__ import annotations


def literal(text: str) -> str:
    """Return a template that prints exactly this text.

    >>> literal("plain"), literal("use {{ $value }}")
    ('plain', 'use {{"{"}}{{"{"}} $value }}')
    """
    if "{{" in text or text.endswith("{"):
        return text.replace("{", '{{"{"}}')
    return text


def string(text: str) -> str:
    """Return a text as a string inside of a template's braces: raw, where that can be.

    >>> print(string('up{job="api"}'), string("`"))
    `up{job="api"}` "`"
    """
    if "`" not in text:
        return f"`{text}`"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
