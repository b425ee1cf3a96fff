"""Whatever is wrong in a project ends with one message (place, fact, way out), its exit code, and no harm done."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NoReturn

import pypandoc
import pytest

import support
from polyleaf import cli, pandoc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Refuses = Callable[..., str]

HEAD = "---\ntitle: Knie\n---\n\n"
LEAFLET = HEAD + "Buig de knie.\n"
EARLIER = {"build/nl/knie.html": "earlier", "build/en/knie.html": "earlier", "build/en/knie.pdf": "earlier"}
SVG = '<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
PO = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset={}\\n"\n{}'


def page(body: str) -> dict[str, str]:
    return {"source/knie.md": f"{HEAD}{body}\n"}


def front(yaml: str) -> dict[str, str]:
    return {"source/knie.md": f"---\n{yaml}\n---\n\nBuig.\n"}


def figure(content: str) -> dict[str, str]:
    return {**page("![Een knie](media/knie.svg)"), "source/media/knie.svg": content}


def po(*entries: tuple[str, str], language: str = "en", charset: str = "UTF-8") -> str:
    return PO.format(
        language, charset, "".join(f'\nmsgid "{message}"\nmsgstr "{translation}"\n' for message, translation in entries)
    )


def translated(body: str, message: str, translation: str) -> dict[str, str]:
    return {**page(body), "locales/en/LC_MESSAGES/knie.po": po((message, translation))}


def beginning(text: str) -> str:
    """Return enough of *text* to know it by in a list of tests."""
    return ascii(text[:40])


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refuses:
    """Run a command on a project, see that it ends with one error and leaves every file alone; return the error."""

    def run(
        files: Mapping[str, str], code: int, argv: Sequence[str] = ("build",), settings: str = support.SETTINGS
    ) -> str:
        support.project(tmp_path, {"source/knie.md": LEAFLET, **EARLIER, **files}, settings)
        monkeypatch.chdir(tmp_path)
        before = snapshot(tmp_path)

        status = cli.run(argv)

        captured = capsys.readouterr()
        assert code == status, captured.err
        assert "" == captured.out
        assert 1 == captured.err.count("Error: ")
        assert "Traceback" not in captured.err
        assert before == snapshot(tmp_path)
        return captured.err

    return run


SOURCES = {
    "no front matter": ("Buig.", "source/knie.md:1: there is no front matter", "title: "),
    "no end of it": (
        "---\ntitle: Knie\n",
        "source/knie.md:1: the front matter, which starts here, is not closed",
        "---",
    ),
    "an empty file": ("", "source/knie.md:1: there is no front matter", "title: "),
    "not YAML": ("---\ntitle: Knie: buigen\n---\n", "source/knie.md:2: the front matter is not YAML", "double quotes"),
    "a tab in YAML": ("---\n\ttitle: Knie\n---\n", "source/knie.md:2: the front matter is not YAML", "tabs"),
    "brackets in YAML": (f"---\ntitle: {'[' * 1000}\n---\n", "source/knie.md:2: more than 8 square", "Close them"),
    "braces in YAML": (f"---\ntitle: {'{' * 1000}\n---\n", "source/knie.md:2: more than 8 braces", "Close them"),
    "a list": ("---\n- Knie\n---\n", "source/knie.md:2: the front matter is not a list of keys", "title: "),
    "nothing in it": ("---\n---\n", "source/knie.md:2: the front matter is not a list of keys", "title: "),
    "no title": ("---\nsubtitle: Knie\n---\n", "source/knie.md:1: the leaflet has no title", "title: "),
    "an empty title": ("---\ntitle: ''\n---\n", "source/knie.md:2: 'title' is empty", "value"),
    "a title of spaces": ("---\ntitle: '&nbsp;'\n---\n", "source/knie.md:2: 'title' is empty", "value"),
    "a title that is a list": ("---\ntitle: [Knie]\n---\n", "source/knie.md:2: 'title' must be a text", "one line"),
    "a title with a bullet": ("---\ntitle: '- Knie'\n---\n", "source/knie.md:2: 'title' must be one line", "lists"),
    "a title with HTML": ("---\ntitle: <p>Knie</p>\n---\n", "source/knie.md:2: 'title' must be one line", "HTML"),
    "an unknown key": ("---\ntitel: Knie\n---\n", "source/knie.md:2: 'titel' is not a key", "Did you mean 'title'?"),
    "a key that is a map": (
        "---\ntitle: Knie\n? {a: b}\n: c\n---\n",
        "source/knie.md:3: '[...]' is not a key",
        "title",
    ),
    "a merge key": ("---\ntitle: Knie\n<<: {a: b}\n---\n", "source/knie.md:3: '<<' is not a key", "title"),
    "a key twice": ("---\ntitle: Knie\ntitle: Enkel\n---\n", "source/knie.md:3: 'title' is there twice", "one of them"),
    "an alias of itself": (
        "---\ntitle: Knie\nkeywords: &k [*k]\n---\n",
        "source/knie.md:3: 'keywords' must be a text",
        "one line",
    ),
    "an empty keyword": ("---\ntitle: Knie\nkeywords: ['']\n---\n", "source/knie.md:3: 'keywords' is empty", "value"),
    "a date in words": ("---\ntitle: Knie\ndate: 1 maart\n---\n", "source/knie.md:3: 'date' cannot be", "2026-03-01"),
    "a date that is none": (
        "---\ntitle: Knie\ndate: 2026-02-30\n---\n",
        "source/knie.md:3: 'date' cannot",
        "2026-03-01",
    ),
    "an unknown status": ("---\ntitle: Knie\nstatus: final\n---\n", "source/knie.md:3: 'status' cannot be", "reviewed"),
    "a contact that acts": (
        "---\ntitle: Knie\ncontact:\n  url: javascript:alert(1)\n---\n",
        "source/knie.md:4: 'contact.url' cannot be",
        "https://",
    ),
    "a contact twice": (
        "---\ntitle: Knie\ncontact:\n  email: a@b.nl\n  email: c@d.nl\n---\n",
        "source/knie.md:5: 'contact.email' is there twice",
        "one of them",
    ),
    "a link with a space": (f"{HEAD}[a](een pagina.html)\n", "source/knie.md:5: the link to 'een%20pagina", "https:"),
    "a table in HTML": (f"{HEAD}<table><tr>\n", "source/knie.md:5: raw HTML in a block of its own: '<table>'", "bars"),
    "a file as base64": (f"{HEAD}{'Zm9v' * 50_000}\n", "source/knie.md:5: more than 2000 signs", "source/media/"),
    "an image as base64": (
        f"{HEAD}![Knie](data:image/png;base64,{'iVBO' * 50_000})\n",
        "source/knie.md:5: more than 2000 signs",
        "source/media/",
    ),
    "a control character": (f"{HEAD}Buig\x1b[2J.\n", "source/knie.md:5: the character U+001B", "UTF-8"),
    "one by its number": (f"{HEAD}Buig &#27;[2J.\n", "source/knie.md: the character U+001B", "Take it out"),
    "one in YAML": ('---\ntitle: "a\\0b"\n---\n', "source/knie.md:2: 'title': the character U+0000", "Take it out"),
    "turned digits": (f"{HEAD}Neem \u202e51\u202c mg.\n", "source/knie.md:5: the character U+202E", "Take it out"),
    "nested quotations": (f"{HEAD}{'>' * 500} Buig.\n", "source/knie.md: lists, quotations or spans", "apart"),
    "nesting beyond JSON": (f"{HEAD}{'>' * 2000} Buig.\n", "source/knie.md: lists, quotations or spans", "apart"),
    "nested brackets": (f"{HEAD}{'[' * 40}Buig{']' * 40}\n", "source/knie.md:5: more than 8 square brackets", "Close"),
    "an open box": (f"{HEAD}::: warning\nBuig.\n", "source/knie.md:5: the box that opens here is not closed", ":::"),
    "a note twice": (
        f"{HEAD}Buig.[^1]\n\n[^1]: Zo.\n\n[^1]: Of zo.\n",
        "source/knie.md:9: the note [^1] is there twice",
        "own name",
    ),
    "a note without text": (f"{HEAD}Buig.[^1]\n", "source/knie.md:5: the note [^1] has no text", "[^1]: ..."),
    "a link without address": (f"{HEAD}Lees [dit][a].\n", "source/knie.md:5: the link [a] has no address", "https://"),
    "a link to nowhere": (f"{HEAD}Lees [dit](#knei).\n\n# Knie\n", "the link to '#knei' leads nowhere", "'knie'"),
    "an id twice": (f"{HEAD}[A]{{#a}}\n\n[B]{{#a}}\n", "source/knie.md:5: the id 'a' is there 2 times", "own id"),
    "an id of ours": (f"{HEAD}# A {{#notes}}\n", "source/knie.md:5: the id 'notes' is kept", "another id"),
    "a citation of nothing": (f"{HEAD}Buig [@jansen].\n", "source/knie.md:5: 'jansen' is not in", "references.json"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_cannot_be_used_is_refused(name: str, refuses: Refuses) -> None:
    text, fact, hint = SOURCES[name]

    error = refuses({"source/knie.md": text}, 4)

    assert fact in error
    assert hint in error


HOSTILE = (
    "<script>alert(1)</script>",
    "Buig <script>alert(1)</script> de knie.",
    "Buig.^[Niet <script>alert(1)</script> zo.]",
    "| a | b |\n|---|---|\n| <script>alert(1)</script> | c |",
    "[<script>alert(1)</script>x](#a)",
    "- <style>* { display: none }</style>",
    "<iframe src='https://evil.example'></iframe>",
    "<div onclick='x()'>Buig.</div>",
    "<div style='display: none'>Buig.</div>",
    "<p>Buig.</p>",
    "<table><tr><td>Buig</td></tr></table>",
    "<form action='https://evil.example'>",
    "<svg onload='x()'></svg>",
    "Buig <b onclick='x()'>niet</b>.",
    "Buig <b style='display: none'>niet</b>.",
    "Buig <b\nonclick='x()'>niet</b>.",
    'Buig <b title="a" onclick="x()">niet</b>.',
    "Buig <span style='display: none'>niet</span>.",
    "Buig <img src=x onerror='x()'>.",
    "Lees <a href='javascript:x()'>dit</a>.",
    "Buig <?php x() ?>.",
    "[dit](javascript:x)",
    "[dit](JaVaScRiPt:x)",
    "[dit](java&#10;script:x)",
    "[dit](data:text/html,x)",
    "[dit](vbscript:x)",
    "[dit](file:///etc/passwd)",
    "[dit](//evil.example)",
    "[dit](https:evil)",
    "[dit](https://a℀b.example)",
    "<javascript:x>",
    "[dit](https://good.example){onclick='x()'}",
    "[dit]{style='position: fixed'}",
    "![Een knie](media/knie.svg){onerror='x()'}",
    "# Buig {onclick='x()'}",
    "`x`{onclick='x()'}",
    "~~~ {.python onclick='x()'}\nx\n~~~",
    "::: {style='background: url(https://evil.example)'}\nBuig.\n:::",
    "![Een knie](media/knie.svg){width='1px;background:url(x)'}",
    "Buig `<script>`{=html}.",
    "Buig `\\input{x}`{=latex}.",
    "```{=html}\n<script>x()</script>\n```",
    "Buig <b>niet.",
    "Buig niet</b>.",
    "Buig <b><i>niet</b></i>.",
)


@pytest.mark.parametrize("body", HOSTILE, ids=beginning)
def test_what_could_act_or_hide_in_a_source_is_refused(body: str, refuses: Refuses) -> None:
    error = refuses(page(body), 4)

    assert error.startswith("Error: source/knie.md")


def test_every_fault_of_a_source_is_told_at_once(refuses: Refuses) -> None:
    error = refuses(page("Buig <b onclick=x>niet</b>.\n\n[dit](javascript:x)\n\n![a](b.svg){onerror=x}"), 4)

    assert "source/knie.md:5: '<b onclick=x>' may not be in a source" in error
    assert "source/knie.md:7: the link to 'javascript:x'" in error
    assert "source/knie.md:9: the attribute 'onerror'" in error


def test_a_refused_element_is_one_fault(refuses: Refuses) -> None:
    error = refuses(page("Buig <b onclick=x>niet</b>."), 4)

    assert 2 == len(error.splitlines())


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Buig <b>niet</b>.", "Buig <b>niet</b>."),
        ("H<sub>2</sub>O<br>en zo", "H<sub>2</sub>O<br />en zo"),
        ("Zeg <i lang='en' title=\"a knee\">knee</i>.", "Zeg <i lang='en' title=\"a knee\">knee</i>."),
        ("Schrijf `<script>` of \\<script>.", "Schrijf <code>&lt;script&gt;</code> of &lt;script&gt;."),
        ("Buig <!-- <script>alert(1)</script> -->de knie.", "Buig de knie."),
        ("Buig {{ edition.title }} {% x %}.", "Buig {{ edition.title }} {% x %}."),
        ("Lees <https://good.example/?a=1&b=2>.", 'href="https://good.example/?a=1&amp;b=2"'),
    ],
)
def test_what_is_harmless_stays(body: str, html: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.project(tmp_path, page(body)))

    assert 0 == cli.run(["build", "-l", "nl", "-q"])
    assert html in (tmp_path / "build/nl/knie.html").read_text("utf-8").replace("\u00a0", " ")


BAD_IMAGES = {
    "media/knie.svg": ("source/knie.md:5: the image 'media/knie.svg' is not there", "Put it at source/media/knie.svg"),
    "../knie.svg": ("source/knie.md:5: the image '../knie.svg' is outside source/", "source/media/"),
    "media/../../knie.svg": ("source/knie.md:5: the image 'media/../../knie.svg' is outside source/", "source/media/"),
    "%2e%2e/knie.svg": ("source/knie.md:5: the image '%2e%2e/knie.svg' has a space or a sign", "letters"),
    "/etc/knie.svg": ("source/knie.md:5: the image '/etc/knie.svg' is outside source/", "source/media/"),
    "": ("source/knie.md:5: an image has no file", "source/media/"),
    "http://evil.example/a.svg": ("source/knie.md:5: the image 'http://evil.example/a.svg'", "Nothing is fetched"),
    "//evil.example/a.svg": ("source/knie.md:5: the image '//evil.example/a.svg'", "Nothing is fetched"),
    "data:image/png;base64,AA": ("source/knie.md:5: the image 'data:image/png;base64,AA'", "Nothing is fetched"),
    "file:///etc/a.svg": ("source/knie.md:5: the image 'file:///etc/a.svg'", "Nothing is fetched"),
    "<mijn knie.svg>": ("source/knie.md:5: the image 'mijn%20knie.svg' has a space or a sign", "letters, digits"),
    "knie.md": ("source/knie.md:5: the image 'knie.md' is of no known kind", ".png, .svg"),
}


@pytest.mark.parametrize("address", BAD_IMAGES)
def test_an_image_that_is_not_in_source_is_refused(address: str, refuses: Refuses) -> None:
    fact, hint = BAD_IMAGES[address]

    error = refuses({**page(f"![Een knie]({address})"), "knie.svg": SVG.format("")}, 4)

    assert fact in error
    assert hint in error


def test_an_image_that_a_link_brings_from_outside_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    support.project(tmp_path, {"source/knie.md": LEAFLET, "secret.svg": SVG.format("")})
    (tmp_path / "source/media").mkdir()
    (tmp_path / "source/media/knie.svg").symlink_to(tmp_path / "secret.svg")

    error = refuses(page("![Een knie](media/knie.svg)"), 4)

    assert "source/knie.md:5: the image 'media/knie.svg' is outside source/" in error
    assert "Put the file itself in source/media/" in error


@pytest.mark.law
def test_the_ending_of_an_image_is_read_in_any_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = SVG.format('<text x="1" y="30">Kijk</text>')
    files = {**page("![Een knie](media/Knie.SVG)"), "source/media/Knie.SVG": drawing}
    monkeypatch.chdir(support.project(tmp_path, files))

    assert 0 == cli.run(["build", "-q"])
    assert 0 == cli.run(["update", "-q"])
    assert "data:image/svg+xml;base64," in (tmp_path / "build/nl/knie.html").read_text("utf-8")
    assert 'msgid "Kijk"' in (tmp_path / "locales/knie.pot").read_text("utf-8")


def test_an_image_without_alternative_text_is_refused(refuses: Refuses) -> None:
    error = refuses({**page("Zo ![](knie.svg) buigt u."), "source/knie.svg": SVG.format("")}, 4)

    assert "source/knie.md:5: the image 'knie.svg' has no alternative text" in error


def test_an_image_in_a_title_is_looked_for_as_well(refuses: Refuses) -> None:
    error = refuses(front("title: Knie ![rood](knie.svg)"), 4)

    assert "source/knie.md:2: the image 'knie.svg' is not there" in error


def test_an_image_that_is_another_kind_than_its_name_says_is_refused(refuses: Refuses) -> None:
    error = refuses({**page("![Een knie](knie.png)"), "source/knie.png": "GIF89a"}, 4)

    assert "source/knie.png: this is not a png image" in error


BOMB = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "{}">]>{}'.format("&a;" * 1000, SVG.format("<text>&b;</text>"))
FILE = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&a;</text>")
HOSTILE_FIGURES = (
    SVG.format("<script>alert(1)</script>"),
    SVG.format("<SCRIPT>alert(1)</SCRIPT>"),
    SVG.format('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
    SVG.format('<g onload="x()"/>'),
    SVG.format('<g ONLOAD="x()"/>'),
    SVG.format('<g xmlns:a="urn:a" a:onload="x()"/>'),
    SVG.format('<image href="https://evil.example/a.png"/>'),
    SVG.format('<image xlink:href="file:///etc/passwd"/>'),
    SVG.format('<image href="data:image/svg+xml;base64,AA"/>'),
    SVG.format('<use href="other.svg#a"/>'),
    SVG.format('<g xml:base="https://evil.example"/>'),
    SVG.format('<g id="a"><use href="#b"/></g><g id="b"><use href="#c"/></g>'),
    SVG.format('<g id="a"><use href="#a"/></g>'),
    SVG.format('<style>@import "https://evil.example/a.css";</style>'),
    SVG.format('<style>@IMPORT "a.css";</style>'),
    SVG.format('<style>@im\\port "a.css";</style>'),
    SVG.format("<style>rect { fill: URL(https://evil.example) }</style>"),
    SVG.format("<style>rect { fill: url/**/(https://evil.example) }</style>"),
    SVG.format("<style>rect { background: image-set('https://evil.example' 1x) }</style>"),
    SVG.format('<rect fill="URL(https://evil.example)"/>'),
    SVG.format('<rect fill="url(#a) url(https://evil.example)"/>'),
    SVG.format('<rect style="fill: u\\72l(https://evil.example)"/>'),
    SVG.format("<foreignObject/>"),
    SVG.format('<animate attributeName="href" to="javascript:x()"/>'),
    SVG.format('<animateTransform attributeName="transform"/>'),
    SVG.format('<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0"/>'),
    SVG.format('<?xml-stylesheet href="a.css"?>'),
    '<?xml-stylesheet href="https://evil.example"?>' + SVG.format(""),
    SVG.format("") + "<?php x() ?>",
    BOMB,
    FILE,
    "",
    "<svg/>",
    "<html></html>",
    SVG.format("<g>"),
    SVG.format("<g>" * 500 + "</g>" * 500),
)


@pytest.mark.parametrize("content", HOSTILE_FIGURES, ids=beginning)
def test_a_figure_that_is_more_than_a_drawing_is_refused(content: str, refuses: Refuses) -> None:
    error = refuses(figure(content), 4)

    assert error.startswith("Error: source/media/knie.svg:")
    assert "Export the drawing" in error
    assert "root:" not in error


SETTINGS = {
    "": ("there is no table [tool.polyleaf]", "Add:"),
    "tool = 3": ("there is no table [tool.polyleaf]", "Add:"),
    "[tool]\npolyleaf = 3": ("there is no table [tool.polyleaf]", "Add:"),
    "[tool.polyleaf": (":1: this is not valid TOML", "Repair the line"),
    "a = " + "[" * 2000: (":1: this is not valid TOML", "Repair the line"),
    "[tool.polyleaf]": ("[tool.polyleaf]: source_language is missing", 'source_language = "nl"'),
    '[tool.polyleaf]\nsource_langage = "nl"': ("'source_langage' is not a setting", "'source_language'"),
    '[tool.polyleaf]\nsource_language = "nl"\ncolour = 1': (
        "'colour' is not a setting",
        "Choose from: do_not_translate",
    ),
    "[tool.polyleaf]\nsource_language = 3": ("source_language: must name a language, not 3", "such as nl"),
    '[tool.polyleaf]\nsource_language = ""': ("source_language: '' is not a language", "such as nl"),
    '[tool.polyleaf]\nsource_language = "xx"': ("source_language: 'xx' is not a language", "such as nl"),
    '[tool.polyleaf]\nsource_language = "../.."': ("'../..' is not a language", "such as nl"),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = "en"': ("languages: must be a list", '["nl", "en"]'),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = []': ("languages: must be a list", '["nl", "en"]'),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["en", 3]': ("languages: must be a list", '["nl", "en"]'),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["en", "EN"]': ("languages[1]: 'EN' is not", "Write 'en'"),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["pt-BR"]': ("'pt-BR' is not the usual", "Write 'pt_BR'"),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["en@x"]': ("'en@x' is a variant", "such as nl"),
    '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["root"]': ("'root' is a variant", "such as nl"),
    '[tool.polyleaf]\nsource_language = "nl"\nformats = ["ePub"]': ("formats[0]: 'ePub' is not a format", "'epub'"),
    '[tool.polyleaf]\nsource_language = "nl"\nformats = "pdf"': ("formats: must be a list", '["html", "pdf"]'),
    '[tool.polyleaf]\nsource_language = "nl"\nformats = []': ("formats: must be a list", '["html", "pdf"]'),
}


@pytest.mark.parametrize("settings", SETTINGS, ids=beginning)
def test_settings_that_cannot_be_used_are_refused(settings: str, refuses: Refuses) -> None:
    fact, hint = SETTINGS[settings]

    error = refuses({}, 3, settings=settings)

    assert error.startswith("Error: pyproject.toml:")
    assert fact in error
    assert hint in error
    assert 400 > len(error)


def test_settings_that_are_no_text_are_refused(refuses: Refuses) -> None:
    error = refuses({"pyproject.toml": b"\xff\xfe["}, 3)

    assert "pyproject.toml:1: this is not UTF-8" in error
    assert "Save the file as UTF-8 text." in error


def test_a_source_that_is_no_utf8_is_refused(refuses: Refuses) -> None:
    error = refuses({"source/knie.md": "---\ntitle: Knie\n---\n\nCafé\n".encode("latin-1")}, 4)

    assert "source/knie.md:5: this is not UTF-8" in error
    assert "Save the file as UTF-8 text." in error


def test_a_source_that_is_a_folder_is_refused(refuses: Refuses) -> None:
    error = refuses({"source/enkel.md/a.txt": "a"}, 4, ["build", "enkel"])

    assert "source/enkel.md: cannot be read: it is not a file" in error
    assert "Put a file there that you may read" in error


def test_a_source_that_links_to_nothing_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/enkel.md").symlink_to(tmp_path / "gone.md")

    error = refuses({}, 4, ["build", "enkel"])

    assert "source/enkel.md: cannot be read: No such file" in error


@pytest.mark.parametrize("name", ["-l", "a ", "a.", "a\nb", "a\x1bb", "a:b", 'a"b', "a<b", "a%20b", "a\udcffb", "a#b"])
def test_a_leaflet_whose_name_would_break_something_is_refused(name: str, refuses: Refuses) -> None:
    error = refuses({f"source/{name}.md": LEAFLET}, 4, ["build", "--", name])

    assert "cannot be the name of a leaflet" in error
    assert "letters, digits" in error


@pytest.mark.parametrize("command", ["build", "extract", "update", "status", "check"])
def test_a_folder_without_sources_is_refused(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, EARLIER))

    assert 4 == cli.run([command])
    assert "Error: source/: there is no leaflet\nWrite one, such as source/leaflet.md" in capsys.readouterr().err
    assert "earlier" == (tmp_path / "build/nl/knie.html").read_text("utf-8")


@pytest.mark.parametrize("command", ["build", "extract", "update", "status", "check"])
def test_a_folder_that_is_no_project_is_refused(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert 3 == cli.run([command])
    assert "Error: pyproject.toml: there is no such file" in capsys.readouterr().err


def test_a_folder_that_is_gone_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()

    assert 2 == cli.run(["build"])
    assert "Error: the folder you are in is gone\nGo to the folder" in capsys.readouterr().err


REFERENCES = {
    "{": ("source/references.json:1: this is not JSON", "CSL JSON"),
    "{}": ("source/references.json:1: must be a list", "CSL JSON"),
    "[" * 100_000: ("source/references.json:1: this is not JSON", "CSL JSON"),
    "[3]": ("source/references.json: reference 1 has no id", '"id"'),
    '[{"id": 3}]': ("source/references.json: reference 1 has no id", '"id"'),
    '[{"id": "a"}, {"id": "a"}]': ("source/references.json: the id 'a' is there twice", "one of them"),
    '[{"id": "a", "URL": "javascript:x()"}]': ("the URL of 'a' cannot be 'javascript:x()'", "https://"),
    '[{"id": "a", "title": "b\\u001b"}]': ("'a' has a text that is none: the character U+001B", "CSL JSON"),
    '[{"id": "a", "title": ' + "[" * 50 + "]" * 50 + "}]": ("'a' has too many lists in lists", "CSL JSON"),
    '[{"id": "a", "URL": ["x"]}]': ("the URL of 'a' cannot be", "https://"),
    '[{"id": "a", "language": "Dutch language"}]': ("the language of 'a' cannot be", '"nl"'),
}


@pytest.mark.parametrize("content", REFERENCES, ids=beginning)
def test_references_that_cannot_be_used_are_refused(content: str, refuses: Refuses) -> None:
    fact, hint = REFERENCES[content]

    error = refuses({"source/references.json": content}, 4)

    assert fact in error
    assert hint in error


def test_a_citation_that_is_nearly_right_gets_an_offer(refuses: Refuses) -> None:
    error = refuses({**page("Buig [@jansen]."), "source/references.json": '[{"id": "janssen"}]'}, 4)

    assert "source/knie.md:5: 'jansen' is not in source/references.json" in error
    assert "Did you mean 'janssen'?" in error


@pytest.mark.parametrize(
    ("content", "fact", "hint"),
    [
        ("hello\n", "knie.po:1: ", "msgfmt -c"),
        (po(("Knie", "Knee")) + "\nmsgid \n", "knie.po:", "msgfmt -c"),
        (po(charset="ISO-8859-1"), "knie.po:1: the charset is ISO-8859-1, not UTF-8", "msgconv"),
        (po(("Knie", "Café")).encode("latin-1"), "knie.po:7: this is not UTF-8", "Save the catalogue as UTF-8"),
        (po(language="de"), "knie.po:1: the header says Language: de, not en", "Language: en"),
        (po(language=""), "knie.po:1: the header says Language: nothing, not en", "Language: en"),
    ],
)
@pytest.mark.parametrize("command", ["build", "status", "check", "update"])
def test_a_catalogue_that_cannot_be_trusted_is_refused(
    content: str | bytes, fact: str, hint: str, command: str, refuses: Refuses
) -> None:
    error = refuses({"locales/en/LC_MESSAGES/knie.po": content}, 5, [command])

    assert "locales/en/LC_MESSAGES/knie.po:" in error
    assert fact in error
    assert hint in error


@pytest.mark.parametrize("command", ["build", "status", "check"])
def test_a_catalogue_with_two_translations_of_one_message_is_refused(command: str, refuses: Refuses) -> None:
    error = refuses({"locales/en/LC_MESSAGES/knie.po": po(("Knie", "Knee"), ("Knie", "Ankle"))}, 5, [command])

    assert "knie.po:9: the message 'Knie' is there twice" in error
    assert "Keep one of them." in error


NOTE = "Buig.[^1]\n\n[^1]: Langzaam."
LINK = "Lees [dit](https://a.example)."
TRANSLATIONS = {
    "a list": ("Buig.", "Buig.", "- Bend."),
    "a heading": ("Buig.", "Buig.", "# Bend."),
    "a quotation": ("Buig.", "Buig.", "> Bend."),
    "a rule": ("Buig.", "Buig.", "---"),
    "a second paragraph": ("Buig.", "Buig.", "Bend.\\n\\nSlowly."),
    "a second line": ("Buig.", "Buig.", "Bend.\\nSlowly."),
    "a sign by its name beside no code": ("Buig.", "Buig.", "Bend` &amp; ``."),
    "a lost note": (NOTE, "Buig.{fn1}", "Bend."),
    "a note twice": (NOTE, "Buig.{fn1}", "Bend.{fn1}{fn1}"),
    "an invented note": (NOTE, "Buig.{fn1}", "Bend.{fn1}{fn2}"),
    "a note of its own": ("Buig.", "Buig.", "Bend.^[Slowly.]"),
    "a lost link": (LINK, "Lees [dit][a].", "Read this."),
    "a link elsewhere": (LINK, "Lees [dit][a].", "Read [this](javascript:x)."),
    "a link of its own": ("Buig.", "Buig.", "[Bend](https://evil.example)."),
    "an image": ("Buig.", "Buig.", "![Bend](https://evil.example/a.png)"),
    "HTML in a line": ("Buig.", "Buig.", "<b onclick='x()'>Bend</b>."),
    "harmless HTML": ("Buig.", "Buig.", "<b>Bend</b>."),
    "HTML in a block": ("Buig.", "Buig.", "<div>Bend</div>"),
    "a script": ("Buig.", "Buig.", "<script>alert(1)</script>"),
    "a script in a line": ("Buig.", "Buig.", "Bend <script>alert(1)</script> it."),
    "raw HTML by another way": ("Buig.", "Buig.", "Bend `<script>`{=html} it."),
    "an attribute": ("Buig.", "Buig.", "[Bend]{onclick='x()'}."),
    "a citation": ("Buig.", "Buig.", "Bend @you."),
}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translation_that_is_more_or_less_than_its_message_stops_its_edition_alone(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, {**EARLIER, **translated(*TRANSLATIONS[name])}))

    assert 1 == cli.run(["build", "-f", "html"])

    error = capsys.readouterr().err
    assert "error: locales/en/LC_MESSAGES/knie.po:6: in the translation of " in error
    assert "Repair it there" in error
    assert EARLIER["build/en/knie.html"] == (tmp_path / "build" / "en" / "knie.html").read_text("utf-8")
    assert 'hreflang="en"' not in (tmp_path / "build" / "nl" / "knie.html").read_text("utf-8")
    assert "warning: build/en/knie.html: manifest.json does not tell what this file was made from" in error
    assert "markup_differs" not in error


def test_a_source_with_errors_stops_its_editions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {**EARLIER, "source/knie.md": f"{HEAD}# Buigen\n\n### Ver\n\nBuig.\n", "source/heup.md": LEAFLET}
    monkeypatch.chdir(support.project(tmp_path, files))

    assert 1 == cli.run(["build", "-l", "nl", "-f", "html"])
    error = capsys.readouterr().err
    assert 1 == error.count("error: source/knie.md:7:")
    assert EARLIER["build/nl/knie.html"] == (tmp_path / "build" / "nl" / "knie.html").read_text("utf-8")
    assert (tmp_path / "build" / "nl" / "heup.html").is_file()


@pytest.mark.law
def test_a_lost_mark_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, translated(*TRANSLATIONS["a lost note"])))

    assert 1 == cli.run(["check"])
    error = capsys.readouterr().err
    assert (1, 0) == (error.count("[mark]"), error.count("[markup_differs]"))


def test_a_translation_that_cannot_be_printed_fails_the_check_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, translated("Buig.", "Buig.", "- Bend.")))

    assert 1 == cli.run(["check"])
    assert "error: locales/en/LC_MESSAGES/knie.po:6: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "fact", "hint"),
    [
        (["build", "knei"], "there is no leaflet 'knei' in source/", "Did you mean 'knie'?"),
        (["check", "enkel"], "there is no leaflet 'enkel' in source/", "knie"),
        (["build", "../knie"], "there is no leaflet '../knie' in source/", "knie"),
        (["build", "-l", "de"], "there is no language 'de'", "en, nl"),
        (["status", "-l", "EN"], "there is no language 'EN'", "'en'"),
        (["build", "-f", "docx"], "'docx' is not one of 'epub', 'html', 'pdf'", "polyleaf build --help"),
        (["build", "-l"], "requires an argument", ""),
        (["build", "--quite"], "No such option", "--quiet"),
        (["biuld"], "No such command", "build"),
        (["build", "-o", "source/knie.md"], "is a file", "polyleaf build --help"),
    ],
)
def test_a_command_for_what_is_not_there_is_refused(
    argv: Sequence[str], fact: str, hint: str, refuses: Refuses
) -> None:
    error = refuses({}, 2, argv)

    assert fact in error
    assert hint in error


@pytest.fixture
def full_disk() -> Any:
    """Let no file grow beyond 100 bytes, as a full disk would not."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("argv", [["build", "-l", "nl"], ["update"], ["extract"]])
def test_a_full_disk_leaves_everything_as_it_was(
    argv: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = support.project(tmp_path, {"source/k.md": "---\ntitle: K\n---\n\nBuig.\n", "build/nl/k.html": "earlier"})
    monkeypatch.chdir(project)
    before = snapshot(tmp_path)

    assert 6 == cli.run(argv)
    assert "cannot be written: File too large\nFree some space" in capsys.readouterr().err
    assert before == snapshot(tmp_path)


def test_an_output_folder_that_cannot_be_made_is_an_error(refuses: Refuses) -> None:
    error = refuses({}, 6, ["build", "-l", "nl", "-o", "source/knie.md/out"])

    assert "source/knie.md/out/nl/knie.html: cannot be written: Not a directory" in error


def test_a_folder_in_the_place_of_a_file_is_an_error(refuses: Refuses) -> None:
    error = refuses({"build/nl/enkel.html/a": "", "source/enkel.md": LEAFLET}, 6, ["build", "enkel", "-l", "nl"])

    assert "build/nl/enkel.html: cannot be written: Is a directory" in error


def test_an_interrupt_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: Any, **__: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": LEAFLET, **EARLIER}))
    monkeypatch.setenv(pandoc.CHOSEN, "another")
    monkeypatch.setattr(pypandoc, "get_pandoc_path", interrupted)
    before = snapshot(tmp_path)

    assert 130 == cli.run(["build"])
    assert "\nInterrupted: no file is half written.\n" == capsys.readouterr().err
    assert before == snapshot(tmp_path)


@pytest.mark.law
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_ctrl_c_and_its_like_end_a_build_with_all_its_processes(number: int, code: int, tmp_path: Path) -> None:
    """The pandoc here says that it runs, and then never ends."""
    pandoc_ = tmp_path / "pandoc"
    pandoc_.write_text(f"#!/bin/sh\ntouch {tmp_path}/runs\nexec sleep 120\n")
    pandoc_.chmod(0o755)
    project = support.project(tmp_path / "project", {"source/knie.md": LEAFLET, **EARLIER})
    before = snapshot(project)
    # Where the tests run in the background, signals may be ignored, and a program inherits that.
    listen = "import signal as s; s.signal(s.SIGINT, s.default_int_handler)"
    listen += "; [s.signal(number, s.SIG_DFL) for number in (s.SIGTERM, s.SIGHUP)]"
    command = [sys.executable, "-c", f"{listen}; from polyleaf.__main__ import main; main()", "build"]
    command += ["-f", "pdf", "-f", "html"]
    settings = {**os.environ, "PYPANDOC_PANDOC": str(pandoc_), "PYTHONFAULTHANDLER": "1"}
    build = subprocess.Popen(
        command, cwd=project, env=settings, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not (tmp_path / "runs").exists() and build.poll() is None:
        time.sleep(0.01)

    os.killpg(build.pid, number)
    try:
        error = build.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        build.send_signal(signal.SIGABRT)  # then it says where it hangs
        pytest.fail(build.communicate()[1])

    assert "Interrupted: no file is half written.\n" == error.lstrip()
    assert code == build.returncode
    assert before == snapshot(project)


def test_a_pandoc_that_is_missing_is_named(refuses: Refuses, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any, **__: Any) -> NoReturn:
        raise OSError("No pandoc was found")

    monkeypatch.setenv(pandoc.CHOSEN, "another")
    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)

    error = refuses({}, 7)

    assert "pandoc does not run" in error


def test_what_weasyprint_warns_of_is_an_error(refuses: Refuses, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language without direction is nothing a source can cause, but a style sheet of the theme could."""
    import weasyprint  # noqa: PLC0415 - only this test waits for it

    real = weasyprint.HTML.render

    def warned(self: Any, *arguments: Any, **options: Any) -> Any:
        weasyprint.LOGGER.warning("Ignored `colour: red` at 3:5, unknown property.")
        return real(self, *arguments, **options)

    monkeypatch.setattr(weasyprint.HTML, "render", warned)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})

    error = refuses({}, 6, ["build", "-l", "nl", "-f", "pdf"])

    assert "knie in nl as pdf: WeasyPrint says: 'Ignored `colour: red`" in error


def test_a_formula_that_cannot_be_written_is_an_error_of_the_source(refuses: Refuses) -> None:
    error = refuses(page("Reken \\\\(\\sqrt{x}\\\\) uit."), 4, ["build", "-l", "nl"])

    assert "source/knie.md:5: the formula '\\sqrt{x}' has a fraction, a root or a sign" in error


@pytest.mark.law
def test_nothing_is_ever_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("somebody asks the network")

    monkeypatch.setattr("socket.socket.connect", fetched)
    monkeypatch.setattr("socket.getaddrinfo", fetched)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    body = "[dit](https://a.example)\n\n![Een knie](knie.svg)"
    monkeypatch.chdir(support.project(tmp_path, {**page(body), "source/knie.svg": SVG.format("<title>Knie</title>")}))

    assert 0 == cli.run(["build", "-l", "nl", "-q", "-f", "html", "-f", "epub", "-f", "pdf"])


@pytest.mark.parametrize("names", [("Knie", "knie"), ("kné", "kne\u0301")])
def test_two_leaflets_of_one_name_are_refused(names: Sequence[str], refuses: Refuses) -> None:
    error = refuses({f"source/{name}.md": LEAFLET for name in names}, 4, ["build", names[-1]])

    assert "are one name on disks" in error


@pytest.mark.parametrize("name", ["de knie", "müller-knie", "ركبة", "a.b.c"])
def test_a_leaflet_may_have_a_name_of_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.project(tmp_path, {f"source/{name}.md": LEAFLET.replace("\n", "\r\n")}))

    assert 0 == cli.run(["build", "-l", "nl", "-q"])
    assert (tmp_path / f"build/nl/{name}.html").is_file()


@pytest.mark.law
def test_an_edition_that_takes_too_long_is_refused(refuses: Refuses, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">' + b'<circle r="1"/>' * 20_000 + b"</svg>"
    monkeypatch.setattr("polyleaf.limited_processes.SECONDS", 1)
    monkeypatch.setattr("polyleaf.svg.SECONDS", 600)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})

    error = refuses(
        {"source/a.svg": drawing, "source/knie.md": f"{LEAFLET}\n![Een knie](a.svg)\n"},
        6,
        ["build", "-l", "nl", "-f", "pdf"],
    )

    assert "knie in nl as pdf: it takes more than 1 seconds to make\nTake large tables and drawings apart" in error
