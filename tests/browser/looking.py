"""What is wrong with a page as people see it: in light and in dark, at the three widths, looked at in one visit."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
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
# Only what is broken is worked out to its end and carried over: of what holds, no more is asked than that it does.
_RUN = """async options => {
  const found = await axe.run({resultTypes: ["violations"], ...options});
  return found.violations.map(one => [one.id, one.nodes.slice(0, 4).map(node => node.target)]);
}"""


def violations(page: Page, **options: Any) -> list[Any]:
    """The rules of accessibility that the page breaks, each with where."""
    page.evaluate(AXE_SCRIPT)
    found: list[Any] = page.evaluate(_RUN, options)
    return found


def trouble(page: Page, name: str = "") -> list[Any]:
    """What the page breaks: every rule in light, contrast in dark too, and no width at which it scrolls sideways.

    With SHOTS in the environment it is also drawn there, in both and at the narrowest and the widest, under `name`.
    The page is left in light, at the width that it had.
    """
    page.wait_for_load_state("load")
    began = page.viewport_size
    page.evaluate(_TURN, "light")  # what lay closed in an earlier look begins to fade only when it is opened
    found = violations(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"scrolls sideways at {width}: {wide}")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)  # the public's pages go by the browser's own
        page.evaluate(_TURN, theme)
        _draw(page, f"{name}-{theme}")
        if theme == "dark":
            found += [("in the dark", one) for one in page.evaluate(_RUN, _CONTRAST)]
    if began and began != page.viewport_size:
        page.set_viewport_size(began)
    return found


def _draw(page: Page, name: str) -> None:
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": TALL})
        page.screenshot(path=Path(folder) / f"{re.sub('[ /?=]+', '-', name)}-{width}.png", full_page=True)
