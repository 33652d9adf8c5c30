"""What is wrong with a page as people see it: in light and in dark, at the three widths, looked at in one visit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 390, 1280)
TALL = 860
# What fades from colour to colour is judged as it ends.
_TURN = """theme => {
  document.documentElement.setAttribute("data-bs-theme", theme);
  document.body.offsetHeight;
  document.getAnimations().forEach(one => one.finish());
}"""
_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page: Page, **options: Any) -> list[Any]:
    """The rules of accessibility that the page breaks, each with where."""
    found = Axe().run(page, options=options or None).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found]


def trouble(page: Page, name: str = "") -> list[Any]:
    """What the page breaks: every rule in light, contrast in dark too, and no width at which it scrolls sideways.

    With SHOTS in the environment it is also drawn there, in both and at the narrowest and the widest, under `name`.
    """
    page.wait_for_load_state("load")
    found = violations(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"scrolls sideways at {width}: {wide}")
    for theme in ("dark", "light"):
        page.evaluate(_TURN, theme)
        _draw(page, f"{name}-{theme}")
        if theme == "dark":
            found += [("in the dark", one) for one in violations(page, **_CONTRAST)]
    return found


def _draw(page: Page, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": TALL})
        page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}-{width}.png", full_page=True)
