"""A theme: what its file may say, what is refused, and that it reaches every finished file."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

import oddities
import output_reader
import support
import themed_project
from edition_values import edition, stream
from polyleaf import cli, templates
from polyleaf.errors import ConfigError
from polyleaf.formats import pdf
from polyleaf.formats.pdf import layout, theme_fonts
from polyleaf.model import DEFAULT_THEME, Chapter, Organisation, Picture, Theme
from polyleaf.theme import config as themes

ROOT = Path(__file__).parents[1]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# What the file may say.


def read(text: str) -> Theme:
    tables = themes.tables(text.encode())
    pictures = tuple(Picture(name, themed_project.LOGO.encode()) for name in themes.logo(tables))
    return themes.theme(tables, text.encode(), pictures)


def test_a_file_becomes_a_theme() -> None:
    theme = read(themed_project.FILE)

    assert {"brand": "#0b3d91", "link": "#113377"} == theme.colours
    assert ("", "Noto Serif", 16, 1.5) == (theme.text, theme.heading, theme.size, theme.leading)
    assert theme.logo is not None
    assert ("media/logo.svg", True) == (theme.logo.name, b'fill="#123456"' in theme.logo.content)
    assert "https://example.org/huis" == theme.organisation.contact["url"]
    assert (themed_project.FILE.encode(), b"media/logo.svg", theme.logo.content) == theme.parts


def test_a_file_that_says_nothing_is_the_default_theme() -> None:
    assert DEFAULT_THEME == read("")


def test_a_theme_has_a_font_for_a_language() -> None:
    assert {"ar": "Noto Naskh Arabic"} == read('[fonts.languages]\nar = "Noto Naskh Arabic"').scripts


REFUSED = {
    "not TOML": ("[colours", "theme.toml:1: this is not valid TOML", "Repair"),
    "not a table": ("[colors]", "'colors' is not a table of a theme", "'colours'"),
    "no table": ("colours = 1", "colours must be a table, not 1", "[colours]"),
    "unknown key": ('[colours]\nbrnd = "#000"', "[colours]: 'brnd' is not a key of it", "'brand'"),
    "unknown key of type": ("[type]\nsise = 12", "[type]: 'sise' is not a key of it", "'size'"),
    "name of a colour": ('[colours]\nbrand = "navy"', "[colours] brand: 'navy' is not a colour", "#0d5a52"),
    "number as a colour": ("[dark]\nink = 0", "[dark] ink: 0 is not a colour", "#0d5a52"),
    "colour with opacity": ('[colours]\nink = "#00000080"', "is not a colour", "#0d5a52"),
    "weak brand": ('[colours]\nbrand = "#7fbfae"', "#7fbfae on #ffffff has a contrast of 2.10:1", 'brand = "#'),
    "weak dark ink": ('[dark]\nink = "#444444"', "[dark] ink: #444444 on #12191b has a contrast of", 'ink = "#'),
    "loud tint": ('[colours]\ntint = "#cc0000"', "[colours] tint: ", 'tint = "#'),
    "size": ("[type]\nsize = 11.5", "[type] size: 11.5 will not do: running text is printed in 12 pt", "Write 12"),
    "large size": ("[type]\nsize = 120", "[type] size: 120 will not do", "Write 24"),
    "size of thousands of digits": (
        f"[type]\nsize = 0x{'f' * 4000}",
        "[type] size: a number of thousands of digits will not do",
        "Write 24",
    ),
    "size as text": ('[type]\nsize = "16pt"', "[type] size: '16pt' is not a number", "12"),
    "size as truth": ("[type]\nsize = true", "[type] size: True is not a number", "12"),
    "leading": ("[type]\nleading = 1.2", "[type] leading: 1.2 will not do", "Write 1.35"),
    "infinite leading": ("[type]\nleading = nan", "[type] leading: nan will not do", ""),
    "font that is a style": ('[fonts]\ntext = "x; color: red"', "[fonts] text: 'x; color: red' is not the name", ""),
    "no family": ("[fonts]\nheading = []", "[fonts] heading: must be a text, not []", ""),
    "no languages": ('[fonts]\nlanguages = "ar"', "[fonts] languages: cannot be 'ar'", "Naskh"),
    "no language": ('[fonts.languages]\narabic = "X"', "'arabic' is not the code of a language", "ar"),
    "logo elsewhere": ('[logo]\nfile = "../logo.svg"', "'../logo.svg' is not in source/media/", "media/logo.svg"),
    "logo that is a folder": ('[logo]\nfile = "."', "'.' is not in source/media/", "media/logo.svg"),
    "logo of another kind": ('[logo]\nfile = "media/logo.gif"', "is neither an SVG nor a PNG", "Export"),
    "logo without a name": ('[logo]\nfile = "media/logo.svg"', "a voice reads the name", "[organisation]"),
    "empty name": ('[organisation]\nname = " "', "[organisation] name: must be a text", "quotation"),
    "wrong email": ('[organisation]\nemail = "huis"', "[organisation] email: cannot be 'huis'", "info@example.org"),
    "wrong website": ('[organisation]\nwebsite = "javascript:x"', "[organisation] website: cannot be", "https://"),
    "strange character": ('[organisation]\nname = "a\\u0007"', "[organisation] name: the character U+0007", "out"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_will_not_do_is_refused(name: str) -> None:
    text, fact, way_out = REFUSED[name]
    with pytest.raises(ConfigError) as caught:
        read(text)

    assert caught.value.message.startswith("source/theme.toml:")
    assert fact in caught.value.message
    assert way_out in str(caught.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        read('[colors]\n[colours]\nbrand = "red"\n[type]\nsize = 3')

    assert 3 == caught.value.message.count("source/theme.toml:")


LOGOS: dict[str, tuple[str | bytes, str]] = {
    "script": (themed_project.LOGO.replace("<path", "<script>x</script><path"), "<script> may not be in a figure"),
    "event": (
        themed_project.LOGO.replace("<path", "<path onclick='x'"),
        "the event attribute onclick may not be in a figure",
    ),
    "no drawing": (oddities.PNG, "this is not XML"),
}


@pytest.mark.parametrize("name", LOGOS)
@pytest.mark.parametrize("command", ["build", "theme", "status", "review"])
def test_a_logo_that_could_do_something_is_refused(
    name: str, command: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, fact = LOGOS[name]
    themed_project.project(there, logo=content)
    settings = there / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + 'languages = ["nl", "en"]\n', "utf-8")

    assert 3 == cli.run([command])
    assert f"Error: source/media/logo.svg:1: {fact}" in capsys.readouterr().err


def test_a_logo_with_words_that_are_text_is_refused(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    themed_project.project(there, logo=themed_project.LOGO.replace("<path", "<text x='1' y='9'>Kliniek</text><path"))

    assert 3 == cli.run(["build"])
    error = capsys.readouterr().err
    assert "source/theme.toml: [logo]: its words are text, which each reader would see in another font" in error
    assert "Path > Object to Path" in error


def test_a_logo_that_is_not_there_is_refused(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    themed_project.project(there)
    (there / "source/media/logo.svg").unlink()

    assert 3 == cli.run(["build"])
    assert "source/theme.toml: [logo] file: the image 'media/logo.svg' is not there" in capsys.readouterr().err
    assert not (there / "build").exists()


def test_a_font_that_is_not_there_is_refused(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    themed_project.project(there, '[fonts]\ntext = "No Such Font"')

    assert 3 == cli.run(["build"])
    assert "[fonts] text: there is no font 'No Such Font' on this machine" in capsys.readouterr().err
    assert not (there / "build").exists()


def test_letters_that_are_too_low_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyleaf.formats.pdf.layout.measure_x_height", lambda _family: 0.3)
    with pytest.raises(ConfigError) as caught:
        theme_fonts.check_fonts(Theme(text="Noto Serif"))

    fact = "in 12 pt the letter x of 'Noto Serif' is 1.27 mm high, and text needs 1.42 mm"
    assert f"source/theme.toml: [fonts] text: {fact}" == caught.value.message
    assert "Set [type] size = 13.4 or more" in caught.value.hint


def test_letters_of_one_language_that_are_too_low_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "polyleaf.formats.pdf.layout.measure_x_height", lambda family: 0.3 if family == "Noto Serif" else 0.5
    )

    with pytest.raises(ConfigError, match=r"^source/theme\.toml: \[fonts\] languages: vi: in 12 pt the letter x of"):
        theme_fonts.check_fonts(Theme(scripts={"vi": "Noto Serif"}))
    theme_fonts.check_fonts(Theme(heading="Noto Serif"))


@pytest.mark.law
def test_a_font_of_another_script_has_no_letter_x_to_measure() -> None:
    assert 0 == layout.measure_x_height("Noto Sans Arabic")
    assert 0 == layout.measure_x_height("No Such Font")
    theme_fonts.check_fonts(Theme(scripts={"ar": "Noto Sans Arabic"}))


def test_the_letters_of_the_default_theme_are_measured() -> None:
    face = theme_fonts.find_fonts(DEFAULT_THEME)[0]

    assert ("Noto Sans", True) == (face.family, face.is_installed)
    assert 2.27 == pytest.approx(face.height, abs=0.01)


# What it changes.


def fills(file: Path, page: int = 0) -> set[tuple[float, ...]]:
    """Return the colours in which areas and letters are filled on a *page*, each as red, green and blue."""
    with pikepdf.open(file) as document:
        instructions = pikepdf.parse_content_stream(document.pages[page])
        numbers = [
            list(instruction.operands)
            for instruction in instructions
            if str(instruction.operator) in {"rg", "scn", "sc"}
        ]
        return {tuple(float(value) for value in values) for values in numbers if len(values) == 3}


def rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def test_the_pdf_is_printed_in_the_colours_of_the_theme(themed: Path) -> None:
    filled = fills(themed / "knie.pdf")
    near = [colour for colour in filled if colour == pytest.approx(rgb("#0b3d91"), abs=0.004)]

    assert near
    assert not [colour for colour in filled if colour == pytest.approx(rgb("#0d5a52"), abs=0.004)]


def test_the_pdf_is_set_in_the_fonts_of_the_theme(themed: Path) -> None:
    with pikepdf.open(themed / "knie.pdf") as document:
        fonts = {
            str(item.BaseFont)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }

    assert {"Noto-Serif-Bold", "Noto-Sans"} <= {re.sub(r"^/[A-Z]+\+", "", name) for name in fonts}


def test_running_text_on_paper_has_the_size_of_the_theme() -> None:
    styles = templates.print_styles(Theme(size=18, leading=1.6), "base.css", "print.css")

    assert "--size: 18pt" in styles
    assert "--leading: 1.6" in styles
    assert ["font-size: 12pt"] * 2 == re.findall(
        r"font-size: [\d.]+(?:pt|mm|px)", styles
    )  # of running heads and feet, and of the last line


@pytest.mark.law
def test_larger_print_takes_more_pages() -> None:
    words = "".join(f"<p>{'woord ' * 90}</p>" for _ in range(12))

    def pages(theme: Theme) -> int:
        larger = replace(edition(), theme=theme, chapters=(Chapter(None, words),))
        with pikepdf.open(stream(pdf.render(larger))) as document:
            return len(document.pages)

    assert pages(DEFAULT_THEME) < pages(Theme(size=18))


def test_the_page_has_the_theme_by_day_and_by_night(themed: Path) -> None:
    text = (themed / "knie.html").read_text("utf-8")
    day, night = text.split("@media screen and (prefers-color-scheme: dark)")[:2]

    assert "--brand: #0b3d91;" in day
    assert "--scale: 1.333;" in day
    assert re.search(r"--brand: #(?!0b3d91)\w{6};", night.split("}")[0])
    assert "--plate: #ffffff;" in night.split("}")[0]


def test_the_book_has_the_theme_without_a_variable(themed: Path) -> None:
    css = output_reader.book(themed / "knie.epub")["EPUB/style.css"].decode()

    assert "var(" not in css
    assert "#2b857a" not in css
    assert '"Noto Serif", "Noto Sans", sans-serif' in css


def test_the_default_theme_keeps_its_look() -> None:
    css = templates.book_styles(DEFAULT_THEME)

    assert {"#2b857a", "#667b85", "#b06000", "#d0333a", "#2f78bd", "#84958f"} == set(re.findall(r"#[0-9a-f]{6}", css))
    assert "font-family: inherit;" in css
    assert "font-family: inherit;" in css


def test_the_logo_is_there_and_its_name_is_not_doubled(themed: Path) -> None:
    root = output_reader.page(themed / "knie.html")
    images = root.xpath("//header//img")
    book = output_reader.book(themed / "knie.epub")
    title = book["EPUB/title.xhtml"].decode()

    assert ["Huis"] == [image.get("alt") for image in images]
    assert "Huis" not in output_reader.visible(root.xpath("//header")[0])
    assert b'<path d="M0 0h30v10H0z" fill="#123456"/>' in book["EPUB/logo.svg"]
    assert '<img src="logo.svg" alt="Huis"/>' in title
    assert 1 == title.count("Huis")
    assert b'href="logo.svg" media-type="image/svg+xml"' in book["EPUB/package.opf"]


def test_a_voice_reads_the_logo_on_paper_once(themed: Path) -> None:
    with pikepdf.open(themed / "knie.pdf") as document:
        alts = [str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]

    assert 1 == alts.count("Huis")
    assert 1 == "".join(output_reader.pages(themed / "knie.pdf")).count("Huis")  # in the colophon


def test_the_publisher_of_a_leaflet_stands_beside_the_logo_of_another(there: Path) -> None:
    themed_project.project(there, front="publisher: Buren\ncontact:\n  phone: 12 34 56\n")

    assert 0 == cli.run(["build", "-q", "-f", "html"])
    root = output_reader.page(there / "build/nl/knie.html")
    assert "Buren" in output_reader.visible(root.xpath("//header")[0])
    text = output_reader.visible(root.xpath("//dl")[0])
    assert "12 34 56" in text
    assert "huis@example.org" not in text


def test_a_leaflet_without_a_contact_has_that_of_the_organisation(themed: Path) -> None:
    text = output_reader.visible(output_reader.page(themed / "knie.html").xpath("//dl")[0])

    assert "Huis" in text
    assert "Adres" in text
    for words in ("Laan 1, Dorp", "+31 20 555 01 23", "huis@example.org", "example.org/huis"):
        assert words in text


def test_what_a_leaflet_says_of_its_contact_comes_first(there: Path) -> None:
    themed_project.project(there, front="contact:\n  phone: 12 34 56\n")

    assert 0 == cli.run(["build", "-q", "-f", "html"])
    text = output_reader.visible(output_reader.page(there / "build/nl/knie.html").xpath("//dl")[0])
    assert "12 34 56" in text
    assert "+31 20 555 01 23" not in text
    assert "huis@example.org" in text


@pytest.mark.law
def test_a_logo_stands_where_reading_starts() -> None:
    theme = Theme(logo=Picture("media/logo.svg", themed_project.LOGO.encode()), organisation=Organisation("Huis"))

    def find_logo(direction: str) -> float:
        """Return where the figure stands from the left, in parts of the width of the page."""
        with pikepdf.open(stream(pdf.render(replace(edition("en", direction), theme=theme)))) as document:
            box = next(
                item.A.BBox for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
            )
            return float(box[0]) / float(document.pages[0].MediaBox[2])

    assert find_logo("ltr") < 0.3
    assert find_logo("rtl") > 0.5


@pytest.mark.law
def test_a_review_sheet_has_the_theme(there: Path) -> None:
    themed_project.project(there)
    settings = there / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8") + 'languages = ["nl", "en"]\n', "utf-8")

    assert 0 == cli.run(["update", "-q"])
    assert 0 == cli.run(["review", "-q", "-f", "html"])
    assert "--brand: #0b3d91;" in next((there / "build/review").rglob("*.html")).read_text("utf-8")
    assert 0 == cli.run(["status", "--html"])
    assert "--brand: #0b3d91;" in next((there / "build").rglob("status.html")).read_text("utf-8")


# The preview.


@pytest.mark.parametrize(
    "language", ["nl", *(pytest.param(language, marks=pytest.mark.law) for language in ("ar", "sv"))]
)
def test_a_preview_shows_every_part_and_every_figure(
    language: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    themed_project.project(there, language=language)

    assert 0 == cli.run(["theme"])
    assert "made build/theme.html\nmade build/theme.pdf\n" == capsys.readouterr().out
    root = output_reader.page(there / "build/theme.html")
    assert {"nl": "nl", "ar": "ar", "sv": "en"}[language] == root.get("lang")
    for sign in ("keypoints", "warning", "call-now", "call-today", "call-appointment", "glossary", "colophon"):
        assert root.xpath(f"//*[contains(concat(' ', @class, ' '), ' {sign} ')]"), sign
    text = output_reader.visible(root).replace("\u00a0", " ")
    assert "#0b3d91" in text
    assert "16 pt" in text
    assert "3.03 mm" in text
    assert 100 < len(root.xpath("//tbody/tr"))
    assert output_reader.pages(there / "build/theme.pdf")


@pytest.mark.law
def test_a_preview_is_the_same_twice(there: Path) -> None:
    themed_project.project(there)

    assert 0 == cli.run(["theme", "-q", "-o", "one"])
    assert 0 == cli.run(["theme", "-q", "-o", "two"])
    for name in ("theme.html", "theme.pdf"):
        assert (there / "one" / name).read_bytes() == (there / "two" / name).read_bytes()


def test_a_theme_that_is_refused_has_no_preview(there: Path, capsys: pytest.CaptureFixture[str]) -> None:
    themed_project.project(there, '[colours]\nbrand = "#7fbfae"')

    assert 3 == cli.run(["theme"])
    assert "#7fbfae on #ffffff has a contrast of 2.10:1, and text needs 4.5:1" in capsys.readouterr().err
    assert not (there / "build").exists()


@pytest.mark.law
def test_large_print_keeps_within_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of our own leaflet, which has all that can be too wide: tables, particulars, boxes, feet."""
    folder = support.project(
        tmp_path, {"source/theme.toml": "[type]\nsize = 18\n"}, support.SETTINGS.replace('"html"', '"pdf", "html"')
    )
    shutil.copytree(ROOT / "source", folder / "source", dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    assert 0 == cli.run(["build", "-q", "-l", "nl"])
    capsys.readouterr()
    cli.run(["check", "-l", "nl"])

    assert not [line for line in "".join(capsys.readouterr()).splitlines() if "build/nl/magnesium-en-slaap.pdf" in line]
