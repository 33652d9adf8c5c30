"""The grading queue as an officer's hands know it."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def begin(page: Page) -> None:
    """Open the queue and take the first comment by key."""
    page.goto("/comments/")
    page.locator("body").press("j")
    expect(page.locator("article.in-hand")).to_be_visible()


def in_hand(page: Page) -> int:
    """The comment that lies on the desk."""
    return int(page.locator("article.in-hand").get_attribute("data-comment") or 0)


def press_and_go_on(page: Page, *keys: str) -> None:
    """Press keys of which the last grades, and wait for the next comment or an empty desk."""
    here = in_hand(page)
    for key in keys[:-1]:
        press(page, key)
    page.keyboard.press(keys[-1])
    expect(page.locator(f'article.in-hand[data-comment="{here}"]')).to_have_count(0)


def press(page: Page, key: str) -> None:
    """Press a key; of a level, wait for its panel."""
    page.keyboard.press(key)
    if key in "1234567":
        expect(page.locator(f'#grade-form[data-level="{key}"]')).to_be_visible()
        expect(page.locator(f'.level-cell[data-level="{key}"][aria-current]')).to_be_visible()


def open_comment(page: Page, comment_id: int) -> None:
    """Open a comment from the stream."""
    page.goto("/comments/")
    page.locator(f"#row-{comment_id} button").click()
    expect(page.locator(f'article.in-hand[data-comment="{comment_id}"]')).to_be_visible()
