"""Pages in a browser as readers set it: `python tests/browser.py AXE PAGE...` with playwright, prints JSON.

Not a test: `test_formats_html_browser.py` runs it with the Python of the outside judges, where they are installed.
For every page and every way of reading a list of what is wrong; nothing where all is well.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SPACING = (
    "* {line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important}"
    "p {margin-block-end: 2em !important}"
)
"""What a reader may set and lose nothing (WCAG 2.2, 1.4.12)."""

CUT = """() => {
  const shown = element => element.checkVisibility() && !element.closest('thead, .skip');
  const wide = document.documentElement;
  const found = wide.scrollWidth > wide.clientWidth ? ['the page is ' + wide.scrollWidth + ' wide'] : [];
  const hidden = element => ['hidden', 'clip'].includes(getComputedStyle(element).overflowY)
    && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
  const all = [...document.querySelectorAll('body *')].filter(shown);
  found.push(...all.filter(hidden).map(element => 'cut off: ' + element.textContent.trim().slice(0, 40)));
  const leaves = all.filter(element => element.textContent.trim()
    && !['inline', 'contents'].includes(getComputedStyle(element).display)
    && ![...element.children].some(child => getComputedStyle(child).display !== 'inline'));
  const boxes = leaves.map(element => {
    const range = document.createRange(); range.selectNodeContents(element);
    const box = range.getBoundingClientRect(), line = parseFloat(getComputedStyle(element).lineHeight);
    const spare = Math.max((range.getClientRects()[0]?.height - line) / 2 || 0, 0);
    return [element, {left: box.left, right: box.right, top: box.top + spare, bottom: box.bottom - spare}];
  });
  boxes.forEach(([one, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 2 && down > 5)
      found.push(one.textContent.trim().slice(0, 40) + ' overlaps ' + other.textContent.trim().slice(0, 40));
  }));
  return found;
}"""
"""What does not fit: wider than the page, hidden, or on top of something else.

Lines are compared: with its ascent and descent a font, such as one for Arabic, may be higher than they are.
"""

SMALL = """() => [...document.querySelectorAll('a[href], summary')].filter(element => {
  const line = element.closest('p, li, dd, td, th, figcaption, .csl-entry');
  const alone = !line || line.textContent.trim() === element.textContent.trim();
  const box = element.getBoundingClientRect();
  return alone && element.checkVisibility() && (box.width < 24 || box.height < 24);
}).map(element => element.textContent.trim() + ' is a small target')"""
"""Targets of less than 24 pixels that stand by themselves (WCAG 2.2, 2.5.8)."""

BOXES = """() => {
  const kinds = ['mark.draft', 'keypoints', 'warning', 'call-now', 'call-today', 'call-appointment'];
  const looks = {}, found = [];
  for (const kind of kinds) for (const box of document.querySelectorAll('.' + kind)) {
    const style = getComputedStyle(box);
    const sides = ['Top', 'Right', 'Bottom', 'Left'].map(side => style['border' + side + 'Width'] + ' '
      + style['border' + side + 'Style']);
    if (new Set(sides).size > 1 || parseFloat(sides[0]) < 1) found.push(kind + ' has no border all around');
    if (style.backgroundImage === 'none') found.push(kind + ' has no icon');
    looks[kind] = sides[0] + style.backgroundImage;
  }
  for (const drawing of document.querySelectorAll('figure img'))
    if (getComputedStyle(drawing).backgroundColor !== 'rgb(255, 255, 255)') found.push('a drawing lost its paper');
  return new Set(Object.values(looks)).size < Object.keys(looks).length ? [...found, 'two boxes look the same'] : found;
}"""
"""Boxes that cannot be told from the text or from each other without their colours; drawings that nobody can see."""

MOVES = """() => [
  ...getComputedStyle(document.documentElement).scrollBehavior === 'auto' ? [] : ['the page scrolls smoothly'],
  ...document.getAnimations().map(() => 'something moves')]"""

CONTENTS = """() => {
  const contents = document.querySelector('nav.contents');
  if (!contents) return [];
  const [list, summary] = ['ul', 'summary'].map(name => contents.querySelector(name)), found = [];
  const title = document.getElementById(contents.getAttribute('aria-labelledby')).textContent;
  const [box, text] = [contents, document.querySelector('main')].map(element => element.getBoundingClientRect());
  const beside = box.right < text.left || box.left > text.right;
  if (list.checkVisibility() !== beside) found.push('the list is folded beside the text, or open above it');
  if (summary.checkVisibility() === beside) found.push('what unfolds the list is not above the text, or is beside it');
  if (!beside && box.height > 100) found.push('the text begins far below');
  if (!beside) summary.click();
  if (!list.checkVisibility() || !list.getBoundingClientRect().height) found.push('the list does not unfold');
  return title.trim() === summary.textContent.trim() ? found : [...found, 'the contents have two names'];
}"""
"""What is wrong with the list of contents: open beside the text, folded above it."""

FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const name = element.textContent.trim().slice(0, 40), found = [];
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) found.push(name + ' shows no focus');
  if (box.top < -1 || box.bottom > innerHeight + 1 || box.left < -1) found.push(name + ' has the focus out of sight');
  const reach = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const clip = around.getBoundingClientRect();
    if (getComputedStyle(around).overflowY !== 'visible' && (box.left - reach < clip.left - 1
        || box.right + reach > clip.right + 1)) found.push('the focus of ' + name + ' is cut off');
  }
  return found;
}"""
"""What is wrong with the focus where it is now (WCAG 2.2, 2.4.7, 2.4.11 and 2.4.13)."""

PRINT = """() => {
  const found = [...document.querySelectorAll('.skip, .languages, .to-top')].filter(one => one.checkVisibility())
    .map(element => element.className + ' is printed');
  for (const text of document.querySelectorAll('main details > :not(summary)'))
    if (!text.getBoundingClientRect().height) found.push('a description is folded up');
  const light = colour => colour.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) > 600;
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  if (!light(paper) || light(getComputedStyle(document.body).color)) found.push('it is printed dark');
  for (const link of document.querySelectorAll('main p a[href^="http"]'))
    if (!link.textContent.includes('//') && !getComputedStyle(link, '::after').content.includes('//'))
      found.push(link.textContent + ' has no address');
  return found;
}"""


def axe(page: Any, script: str) -> list[str]:
    """Return the rules of axe-core that *page* breaks."""
    page.evaluate(script)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    report = page.evaluate("options => axe.run(document, options)", options)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:80]}" for rule in report["violations"]]


def spaced(page: Any, _: str) -> list[str]:
    """Return what does not fit with more space between lines, words and letters."""
    page.add_style_tag(content=SPACING)
    return list(page.evaluate(CUT))


def keys(page: Any, _: str) -> list[str]:
    """Return what is wrong on a walk through *page* with the Tab key."""
    count = page.evaluate("[...document.querySelectorAll('a[href], summary')].filter(e => e.checkVisibility()).length")
    faults = []
    for step in range(count):
        page.keyboard.press("Tab")
        if not step and not page.evaluate("document.activeElement.matches('.skip')"):
            faults.append("the first link does not skip to the text")
        page.wait_for_timeout(50)
        faults += page.evaluate(FOCUS)
    return faults


def printed(page: Any, _: str) -> list[str]:
    """Return what is wrong with *page* on paper."""
    page.emulate_media(media="print")
    return list(page.evaluate(PRINT))


def asked(script: str) -> Callable[[Any, str], list[str]]:
    """Return the question to a page that *script* is."""
    return lambda page, _: list(page.evaluate(script))


NORMAL, LARGE = 16, 32
"""Sizes of text that a reader has set in the browser, in pixels: as it comes, and 200 % (WCAG 2.2, 1.4.4)."""

WAYS: dict[str, tuple[int, int, dict[str, str], Callable[[Any, str], list[str]]]] = {
    **{
        f"{scheme}, {width} pixels": (NORMAL, width, {"color_scheme": scheme}, axe)
        for scheme in ("light", "dark")
        for width in (1280, 640, 320)
    },
    **{f"plain, {width} pixels": (NORMAL, width, {}, asked(CUT)) for width in (1280, 640, 320)},
    **{f"spaced, {width} pixels": (NORMAL, width, {}, spaced) for width in (1280, 640, 320)},
    **{f"large text, {width} pixels": (LARGE, width, {}, asked(CUT)) for width in (1280, 640)},
    **{
        f"own colours, {width} pixels": (NORMAL, width, {"forced_colors": "active"}, asked(BOXES))
        for width in (1280, 320)
    },
    **{f"contents, {width} pixels": (NORMAL, width, {}, asked(CONTENTS)) for width in (1280, 640, 320)},
    "targets, 1280 pixels": (NORMAL, 1280, {}, asked(SMALL)),
    "targets, 320 pixels": (NORMAL, 320, {}, asked(SMALL)),
    "less motion": (NORMAL, 1280, {"reduced_motion": "reduce"}, asked(MOVES)),
    "keyboard": (NORMAL, 1280, {"reduced_motion": "reduce"}, keys),
    "keyboard, narrow and dark": (NORMAL, 320, {"color_scheme": "dark", "reduced_motion": "reduce"}, keys),
    "paper": (NORMAL, 800, {"color_scheme": "dark"}, printed),
}
"""Ways of reading: size of text, width of the window, settings of the browser, and what is asked then."""


def look(browser: Any, file: Path, way: str, script: str) -> list[str]:
    """Return what is wrong with *file*, opened from the disk in *browser* in this *way*."""
    _, width, settings, question = WAYS[way]
    context = browser.new_context(viewport={"width": width, "height": 800}, **settings)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("request", lambda request: faults.append(f"asks for {request.url[:80]}") if _leaves(request.url) else None)
    page.goto(file.resolve().as_uri())
    faults += question(page, script)
    context.close()
    return faults


def _leaves(address: str) -> bool:
    return not address.startswith(("file:", "data:"))


def results(script: str, files: list[Path]) -> dict[str, dict[str, list[str]]]:
    """Return what is wrong with each of *files* in every way of reading."""
    faults: dict[str, dict[str, list[str]]] = {str(file): {} for file in files}
    with sync_playwright() as playwright:
        for size in (NORMAL, LARGE):
            options = ["--no-sandbox", f"--blink-settings=defaultFontSize={size}"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
            for file in files:
                ways = [way for way, (wanted, *_) in WAYS.items() if wanted == size]
                faults[str(file)] |= {way: look(browser, file, way, script) for way in ways}
            browser.close()
    return faults


if __name__ == "__main__":
    axe_core, *pages = map(Path, sys.argv[1:])
    json.dump(results(axe_core.read_text("utf-8"), pages), sys.stdout)
