"""Whether a link of a dashboard leads to where a reader wants to go."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping
from typing import Any

import attrs

_DASHBOARD = re.compile(r"/d/([^/?#]+)(?:/[^/?#]*)?")
_ALL = "$__all"
_LEFT_OVER = re.compile(r"\$\{|\$[A-Za-z_]|\[\[")
_TIME = ("from", "to")


@attrs.frozen
class Links:
    """The dashboards of a build, by uid, which links may lead to."""

    dashboards: Mapping[str, Mapping[str, Any]] = attrs.field(hash=False)

    def fault(self, href: str, *, in_menu: bool = False) -> str:
        """Return what is wrong with a link, nothing if it is fine.

        A link leads to a dashboard of the build, with a time range and with variables that it has,
        none empty; or to a page on the web.

        Args:
            href: The link, without any variable left.
            in_menu: Whether Grafana made it for a menu of dashboards, with all variables that there
                are: what the other dashboard does not know it leaves alone.
        """
        url = urllib.parse.urlsplit(href)
        if _LEFT_OVER.search(urllib.parse.unquote(href).replace(_ALL, "")):
            return "a variable was not replaced"
        if url.scheme in {"http", "https"}:
            return "" if url.netloc else "no host"
        if url.path == "/explore" and not url.netloc:
            return "" if "panes" in urllib.parse.parse_qs(url.query) else "no query to explore"
        found = _DASHBOARD.fullmatch(url.path)
        if url.scheme or url.netloc or not found:
            return "neither a dashboard nor a page on the web"
        if found[1] not in self.dashboards:
            return f"there is no dashboard {found[1]}"
        given = urllib.parse.parse_qs(url.query, keep_blank_values=True)
        return self._fault_of_query(self.dashboards[found[1]], given, in_menu=in_menu)

    def _fault_of_query(
        self, dashboard: Mapping[str, Any], given: Mapping[str, list[str]], *, in_menu: bool
    ) -> str:
        if missing := [name for name in _TIME if given.get(name, [""]) == [""]]:
            return f"does not keep the time range: no {' and no '.join(missing)}"
        names = {one["name"] for one in dashboard.get("templating", {}).get("list", ())}
        for name, values in given.items():
            if name in _TIME or name == "timezone":
                continue
            is_known = name.startswith("var-") and name.removeprefix("var-") in names
            if not (is_known or in_menu):
                return f"the dashboard has no variable for {name}"
            if "" in values:
                return f"{name} is empty"
        return ""
