"""The images of a leaflet in what is handed out: sizes, colours and kinds; and those that cannot be used."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw
import pytest
from PIL import Image

import output_reader
import raster_files as raster
import support
from polyleaf import cli, sources
from polyleaf.errors import SourceError
from polyleaf.model import Picture
from polyleaf.sources import images

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]\n'
INCH = 96
MILLIMETRE = 25.4 / 96
NAME = raster.NAME.encode()

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><title>Knie</title>
<image width="60" height="40" href="data:image/{};base64,{}"/></svg>"""

TEXT = """\
---
title: Knie
status: draft
date: 2026-01-01
---

# Foto {#foto}

![Breed.](media/photo.jpg){alt="Een vlak."}

![Hoog.](media/tall.jpg){alt="Een vlak." width=14cm}

![Klein.](media/small.jpg){alt="Een vlak." width=4cm}

Kijk **goed: ![zo](media/sentence.webp)** in een zin.

- Punt met ![zo](media/list.gif)

| A | B |
|---|---|
| x | ![zo](media/cell.jpg) |

![Tekening.](media/drawing.svg){alt="Een vlak."}

::: keypoints
# Kort {#kort}

Kijk: ![niets](media/clear.png){width=4cm}
:::
"""


def drawing(content: bytes, kind: str = "jpeg") -> bytes:
    return DRAWING.format(kind, base64.b64encode(content).decode()).encode()


def jpeg(size: tuple[int, int], **options: Any) -> bytes:
    return raster.encode("JPEG", raster.draw(size), exif=raster.exif(), **options)


FILES: dict[str, str | bytes] = {
    "source/knie.md": TEXT,
    "source/theme.toml": '[logo]\nfile = "media/logo.png"\n[organisation]\nname = "Huis"\n',
    "source/media/photo.jpg": jpeg((3000, 2000), quality=98),
    "source/media/tall.jpg": jpeg((1000, 2000)),
    "source/media/small.jpg": jpeg((900, 600)),
    "source/media/sentence.webp": raster.encode("WEBP", raster.draw((1800, 900)), exif=raster.exif()),
    "source/media/list.gif": raster.encode("GIF", raster.draw((1200, 1600)), comment=NAME),
    "source/media/cell.jpg": raster.encode("JPEG", raster.draw((1500, 1000)).convert("CMYK")),
    "source/media/drawing.svg": drawing(jpeg((90, 60))),
    "source/media/clear.png": raster.encode("PNG", Image.new("RGBA", (400, 300))),
    "source/media/logo.png": raster.encode("PNG", raster.draw((90, 30)), exif=raster.exif(3)),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project with its outputs, and what the command printed in `printed.txt`."""
    folder = support.project(tmp_path_factory.mktemp("images"), FILES, SETTINGS)
    with pytest.MonkeyPatch.context() as patch, pytest.MonkeyPatch.context():
        patch.chdir(folder)
        lines: list[str] = []
        patch.setattr("polyleaf.cli.output.Terminal.write", lambda _self, text: lines.append(text))
        assert 0 == cli.run(["build", "-l", "nl"])
    (folder / "printed.txt").write_text("\n".join(lines), "utf-8")
    return folder


def printed_images(file: Path) -> Iterator[tuple[float, float, float, float]]:
    """Yield of each image in the PDF *file* its dots an inch both ways, its distance to the edge, and its height."""
    with file.open("rb") as stream, pypdfium2.PdfDocument(stream) as document:
        for page in document:
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = item.get_bounds()
                width, height = item.get_px_size()
                to_edge = page.get_width() / 72 * INCH - right  # the units in the group of an image are those of CSS
                yield (
                    width / (right - left) * INCH,
                    height / (top - bottom) * INCH,
                    to_edge,
                    (top - bottom) * MILLIMETRE,
                )


@pytest.mark.law
def test_images_have_at_most_the_dots_that_paper_shows_and_keep_their_proportions(built: Path) -> None:
    printed = list(printed_images(built / "build/nl/knie.pdf"))

    assert 8 <= len(printed)
    for across, down, _, _ in printed:
        assert 0.97 < across / down < 1.03
    assert 290 < max(across for across, _, _, _ in printed[1:4]) < 305  # those of figures; the first is the logo


def test_images_stay_within_their_column_and_the_page(built: Path) -> None:
    for _, _, to_edge, height in printed_images(built / "build/nl/knie.pdf"):
        assert to_edge > 19.9 / MILLIMETRE
        assert height < 101


def test_an_image_in_a_sentence_a_list_or_a_table_is_no_higher_than_a_part_of_the_page(built: Path) -> None:
    heights = [height for _, _, _, height in printed_images(built / "build/nl/knie.pdf")]

    assert 3 == sum(45 < height < 51 for height in heights)


def test_what_is_transparent_is_white_on_paper_in_a_box_of_a_colour_too(built: Path) -> None:
    with (built / "build/nl/knie.pdf").open("rb") as stream, pypdfium2.PdfDocument(stream) as document:
        pages = [page.render(scale=INCH / 72).to_pil() for page in document]
        boxes = [
            (number, item.get_bounds())
            for number, page in enumerate(document)
            for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        ]
    number, (left, bottom, right, top) = boxes[-1]
    middle = round((top + bottom) / 2)

    assert (255, 255, 255) == pages[number].getpixel((round((left + right) / 2), middle))
    assert (255, 255, 255) != pages[number].getpixel((round(right) + 9, middle))


def test_no_output_has_the_metadata_of_an_image(built: Path) -> None:
    page = (built / "build/nl/knie.html").read_text("utf-8")
    texts = [base64.b64decode(data) for data in re.findall(r"data:image/[\w+]+;base64,([\w+/=]+)", page)]
    inner = [base64.b64decode(data) for text in texts for data in re.findall(rb"base64,([\w+/=]+)", text)]
    book = output_reader.book(built / "build/nl/knie.epub")

    assert 9 == len(texts)
    assert 1 == len(inner)
    for content in (*texts, *inner, *book.values(), (built / "build/nl/knie.pdf").read_bytes()):
        assert NAME not in content
        assert b"Exif" not in content


def test_an_image_that_became_another_kind_is_named_after_it_in_the_book(built: Path) -> None:
    book = output_reader.book(built / "build/nl/knie.epub")

    assert "JPEG" == raster.decode(book["EPUB/images/media/sentence.webp.jpg"]).format
    assert "PNG" == raster.decode(book["EPUB/images/media/list.gif.png"]).format
    assert b'href="images/media/list.gif.png" media-type="image/png"' in book["EPUB/package.opf"]
    assert b'src="images/media/sentence.webp.jpg"' in b"".join(book.values())


def test_the_page_names_the_kind_that_an_image_became(built: Path) -> None:
    page = (built / "build/nl/knie.html").read_text("utf-8")

    assert "image/webp" not in page
    assert "image/gif" not in page
    for kind, data in re.findall(r"data:image/(png|jpeg);base64,([\w+/=]+)", page):
        assert kind.upper() == raster.decode(base64.b64decode(data)).format


def test_a_logo_is_upright(built: Path) -> None:
    logo = raster.decode(output_reader.book(built / "build/nl/knie.epub")["EPUB/logo.png"]).convert("RGB")
    red, _, _ = logo.getpixel((80, 25))  # type: ignore[misc]

    assert 220 == red  # stored above on the left, it is turned by 180 degrees


def test_the_build_tells_which_images_it_made_much_smaller(built: Path) -> None:
    lines = [line for line in (built / "printed.txt").read_text("utf-8").splitlines() if "made smaller" in line]

    assert 1 == len(lines)
    assert re.fullmatch(
        r"source/media/photo.jpg: made smaller for print, from 3000 × 2000 pixels, \d\.\d MB to 1678 × 1119 pixels, "
        r"\d\.\d MB",
        lines[0],
    )


SIZES = {
    "![x](p.png)": (1678, 1182),
    "![x](p.png){width=5cm}": (591, 1182),
    "![x](p.png){width=50mm height=2in}": (591, 600),
    "![x](p.png){width=50%}": (839, 1182),
    "![x](p.png){width=96}": (301, 1182),
    "![x](p.png){width=96px}": (301, 1182),
    "![x](p.png){width=400cm}": (1678, 1182),
    "![x](p.png){width=2em}": (201, 1182),
    "![x](p.png){width=2cm} en ![x](p.png){width=5cm}": (591, 1182),
    "![x](p.png){width=2cm} en ![x](p.png)": (1678, 1182),
}


@pytest.mark.parametrize("text", SIZES)
def test_an_image_may_have_the_dots_of_the_largest_size_that_it_is_shown_in(text: str) -> None:
    width, height = images._find_boxes(support.document(text))["p.png"]

    assert (width, height) == pytest.approx(SIZES[text], abs=1)


@pytest.mark.law
def test_a_picture_in_a_drawing_is_looked_at_as_every_other() -> None:
    for content, fact in (
        (drawing(raster.half(jpeg((90, 60)))), "cut off"),
        (drawing(raster.encode("PNG")), "not a jpeg image"),
        (drawing(raster.moving("PNG"), "png"), "moves"),
        (drawing(b"").replace(b"base64,", b"base64,A"), "not a jpeg image"),
    ):
        with pytest.raises(SourceError, match=f"^source/a.svg: .*{fact}"):
            sources.attach_images(support.document(""), [Picture("a.svg", content)])


GOOD = "---\ntitle: Heup\nstatus: draft\ndate: 2026-01-01\n---\n\n# Zo {#zo}\n\nBuig langzaam.\n"
BROKEN: dict[str, str | bytes] = {
    "source/heup.md": GOOD,
    "source/knie.md": GOOD + "\n![Vlak.](media/p.jpg){alt='Een vlak.'} ![Weg.](media/q.png)\n",
    "source/media/p.jpg": raster.half(jpeg((90, 60))),
    "source/media/q.png": raster.half(raster.encode("PNG")),
}


@pytest.mark.law
def test_an_image_that_cannot_be_used_stops_its_leaflet_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, BROKEN))

    assert 1 == cli.run(["build", "-l", "nl"])
    errors = capsys.readouterr().err
    assert 1 == errors.count("error: source/media/p.jpg: the picture is damaged or cut off")
    assert 1 == errors.count("error: source/media/q.png: the picture is damaged or cut off")
    assert 2 == errors.count("Export the picture again")
    assert (tmp_path / "build/nl/heup.html").is_file()
    assert not (tmp_path / "build/nl/knie.html").exists()


@pytest.mark.law
def test_a_missing_image_stops_its_leaflet_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: content for name, content in BROKEN.items() if "media" not in name}
    monkeypatch.chdir(support.project(tmp_path, files))

    assert 1 == cli.run(["build", "-l", "nl", "-q"])
    assert "error: source/knie.md:11: the image 'media/p.jpg' is not there" in capsys.readouterr().err
    assert (tmp_path / "build/nl/heup.html").is_file()


@pytest.mark.law
def test_no_leaflet_is_released_with_an_image_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, BROKEN))

    assert 1 == cli.run(["build", "--release", "-l", "nl", "-q"])
    assert "error: source/media/p.jpg: the picture is damaged" in capsys.readouterr().err


@pytest.mark.law
@pytest.mark.parametrize(
    ("argv", "code"), [(["build", "knie"], 4), (["update"], 1), (["check", "-l", "nl"], 1), (["status"], 1)]
)
def test_where_nothing_else_can_be_done_an_image_that_cannot_be_used_ends_the_command(
    argv: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, BROKEN))

    assert code == cli.run(argv)
    errors = capsys.readouterr().err
    assert "source/media/p.jpg: the picture is damaged or cut off" in errors
    assert "source/media/q.png: the picture is damaged or cut off" in errors


def test_an_image_of_too_many_bytes_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(tmp_path, {"source/knie.md": GOOD + "\n![Vlak.](media/p.jpg){alt='Een vlak.'}\n"})
    (tmp_path / "source/media").mkdir()
    with (tmp_path / "source/media/p.jpg").open("wb") as file:
        file.truncate(100_000_001)
    monkeypatch.chdir(tmp_path)

    assert 4 == cli.run(["build", "-q"])
    assert "source/knie.md:11: the image 'media/p.jpg' has more than 100 MB" in capsys.readouterr().err
