"""Raster images: refused when they are not whole, and otherwise upright, sRGB, still, and without metadata."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFile

import raster_files as raster
from polyleaf import raster_images
from polyleaf.errors import SourceError
from polyleaf.raster_images import containers

if TYPE_CHECKING:
    from collections.abc import Callable

BOX = (1000, 1000)
SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}

each_format = pytest.mark.parametrize("name", SUFFIXES)


def load(content: bytes, suffix: str, box: tuple[int, int] = BOX) -> raster_images.RasterImage:
    return raster_images.load(content, f"source/media/p{suffix}", box)


def pixels(content: bytes, suffix: str) -> Image.Image:
    """Return the image that goes out, as a browser draws it on white."""
    image = raster.decode(load(content, suffix).content).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def differs(first: Image.Image, second: Image.Image) -> int:
    """Return the greatest difference of a level in *first* and *second*, both in RGB, seen from a distance."""
    assert first.size == second.size
    bounds = ImageChops.difference(first.reduce(10), second.reduce(10)).getextrema()
    return max(int(bound[1]) for bound in bounds)  # type: ignore[index]


@each_format
def test_an_image_that_is_whole_goes_out_as_it_is_seen(name: str) -> None:
    content = raster.encode(name)

    assert differs(raster.decode(content).convert("RGB"), pixels(content, SUFFIXES[name])) < 8


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
def test_an_image_that_needs_no_change_keeps_its_bytes(name: str) -> None:
    content = raster.encode(name)

    assert content == load(content, SUFFIXES[name]).content


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "the second half is gone": raster.half,
    "a piece in its middle is gone": raster.without_middle,
    "the last bytes are gone": lambda content: content[:-20],
}


@each_format
@pytest.mark.parametrize("damage", DAMAGE)
def test_an_image_that_is_not_whole_is_refused(name: str, damage: str) -> None:
    noise = Image.effect_noise((90, 90), 60).convert("RGB")
    content = DAMAGE[damage](raster.encode(name, noise))

    with pytest.raises(SourceError, match=r"^source/media/p\.\w+: the picture is damaged or cut off") as raised:
        load(content, SUFFIXES[name])
    assert "Export the picture again" in raised.value.hint


def test_an_image_is_refused_as_well_when_another_library_told_pillow_to_be_lenient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)

    with pytest.raises(SourceError, match="cut off"):
        load(raster.half(raster.encode("JPEG")), ".jpg")
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def cut_and_closed(content: bytes) -> bytes:
    return raster.half(content) + b"\xff\xd9"


def with_noise(content: bytes) -> bytes:
    middle, noise = len(content) * 2 // 3, bytes(range(1, 200, 2))
    return content[:middle] + noise + content[middle + len(noise) :]


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
@pytest.mark.parametrize("damage", [cut_and_closed, with_noise])
def test_the_coded_data_of_a_jpeg_are_read_to_their_end(
    options: dict[str, bool], damage: Callable[[bytes], bytes]
) -> None:
    noise = Image.effect_noise((200, 200), 60)
    content = damage(raster.encode("JPEG", noise, **options))

    assert (200, 200) == raster.decode(content).size  # Pillow alone takes it for a whole image
    with pytest.raises(SourceError, match="cut off"):
        load(content, ".jpg")


def test_a_png_with_a_wrong_checksum_is_refused() -> None:
    content = bytearray(raster.encode("PNG"))
    content[content.index(b"IDAT") + 30] ^= 1

    with pytest.raises(SourceError, match="cut off"):
        load(bytes(content), ".png")


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("short", [0, 1, 4])
def test_a_png_has_all_its_rows(short: int, *, interlaced: bool) -> None:
    sizes = [(2, 2), (1, 2), (3, 1), (2, 3), (5, 2), (4, 5), (9, 4)] if interlaced else [(9, 9)]
    rows = [b"\0" + bytes(3 * width) for width, height in sizes for _ in range(height)]
    content = raster.png((9, 9, 8, 2), b"".join(rows[: len(rows) - short]), interlaced=interlaced)

    if short:
        with pytest.raises(SourceError, match="cut off"):
            load(content, ".png")
    else:
        assert (9, 9) == load(content, ".png").size


def test_what_stands_behind_the_end_of_an_image_does_not_go_out() -> None:
    for name, suffix in SUFFIXES.items():
        content = raster.encode(name) + raster.NAME.encode()

        assert raster.NAME.encode() not in load(content, suffix).content


def test_an_image_of_another_kind_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^source/media/p\.png: this is not a png image"):
        load(raster.encode("JPEG"), ".png")


PNG_TEXTS = (
    raster.chunk(b"tEXt", b"Author\0" + raster.NAME.encode()),
    raster.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>" + raster.NAME.encode()),
    raster.chunk(b"tIME", struct.pack(">HBBBBB", 2026, 1, 1, 1, 1, 1)),
)
WITH_METADATA = {
    "a JPEG of a camera": (".jpg", raster.encode("JPEG", exif=raster.exif(), comment=raster.NAME)),
    "a JPEG with XMP": (".jpg", raster.encode("JPEG", xmp=b"<x>" + raster.NAME.encode())),
    "a JPEG with an image behind it": (".jpg", raster.moving("MPO")),
    "a PNG with texts": (".png", raster.png((1, 1, 8, 0), b"\0\x80", *PNG_TEXTS)),
    "a PNG of a camera": (".png", raster.encode("PNG", exif=raster.exif())),
    "a WebP of a camera": (".webp", raster.encode("WEBP", exif=raster.exif(), xmp=raster.NAME.encode())),
    "a GIF with a comment": (".gif", raster.encode("GIF", comment=raster.NAME.encode())),
}


@pytest.mark.parametrize("case", WITH_METADATA)
def test_metadata_do_not_go_out(case: str) -> None:
    suffix, content = WITH_METADATA[case]
    image = load(content, suffix)

    assert raster.NAME.encode() not in image.content
    assert b"tIME" not in image.content
    assert {"jfif", "jfif_version", "jfif_unit", "jfif_density"} >= set(raster.decode(image.content).info)
    assert differs(raster.decode(content).convert("RGB"), pixels(content, suffix)) < 12


def test_the_thumbnail_of_a_jpeg_does_not_go_out() -> None:
    plain = raster.encode("JPEG")
    thumbnail = b"JFIF\0\1\2\0\0\1\0\1\2\2" + b"\xab" * 12
    content = plain[:2] + b"\xff\xe0" + struct.pack(">H", len(thumbnail) + 2) + thumbnail + plain[20:]

    assert b"\xab" * 12 not in load(content, ".jpg").content
    assert plain == load(content, ".jpg").content


def test_a_jpeg_with_several_scans_and_fill_bytes_keeps_all_of_them() -> None:
    content = raster.encode("JPEG", progressive=True, exif=raster.exif())
    filled = content[:2] + b"\xff" + content[2:]
    stripped = containers.strip_jpeg(filled)

    assert content.count(b"\xff\xda") == stripped.count(b"\xff\xda") > 5
    assert 0 == differs(raster.decode(content), raster.decode(stripped))


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("orientation", raster.TURNS)
def test_an_image_is_upright_however_the_camera_was_held(name: str, orientation: int) -> None:
    seen = pixels(raster.turned(name, orientation), SUFFIXES[name])

    assert (120, 80) == seen.size
    assert differs(raster.draw(), seen) < 20


GREY = b"\0" + struct.pack(">HH", 300, 65000)
KINDS: dict[str, tuple[bytes, list[tuple[int, ...]]]] = {
    "grey of 16 bits": (raster.png((2, 1, 16, 0), GREY), [(1, 1, 1), (253, 253, 253)]),
    "grey of 16 bits with one colour transparent": (
        raster.png((2, 1, 16, 0), GREY, raster.chunk(b"tRNS", struct.pack(">H", 65000))),
        [(1, 1, 1), (255, 255, 255)],
    ),
    "RGB of 16 bits": (raster.png((1, 1, 16, 2), b"\0" + struct.pack(">HHH", 300, 65000, 32768)), [(1, 253, 128)]),
    "RGB of 16 bits with one colour transparent": (
        raster.png((1, 1, 16, 2), b"\0" + b"\1\2" * 3, raster.chunk(b"tRNS", b"\1\2" * 3)),
        [(255, 255, 255)],
    ),
    "grey of 4 bits with one colour transparent": (
        raster.png((2, 1, 4, 0), b"\0\x1b", raster.chunk(b"tRNS", struct.pack(">H", 1))),
        [(255, 255, 255), (187, 187, 187)],
    ),
    "grey and alpha of 16 bits": (
        raster.png((2, 1, 16, 4), b"\0" + struct.pack(">HHHH", 0, 65535, 0, 0)),
        [(0, 0, 0), (255, 255, 255)],
    ),
    "black and white": (raster.png((2, 1, 1, 0), b"\0\x40"), [(0, 0, 0), (255, 255, 255)]),
    "a palette with an alpha": (
        raster.png(
            (2, 1, 8, 3), b"\0\0\1", raster.chunk(b"PLTE", b"\xff\0\0\0\xff\0"), raster.chunk(b"tRNS", b"\xff\0")
        ),
        [(255, 0, 0), (255, 255, 255)],
    ),
    "grey with a straight gamma": (
        raster.png((1, 1, 8, 0), b"\0\x80", raster.chunk(b"gAMA", struct.pack(">I", 100_000))),
        [(186, 186, 186)],
    ),
    "grey with the gamma of sRGB": (
        raster.png((1, 1, 8, 0), b"\0\x80", raster.chunk(b"gAMA", struct.pack(">I", 45455))),
        [(128, 128, 128)],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_png_of_every_kind_has_its_colours(kind: str) -> None:
    content, expected = KINDS[kind]
    seen = pixels(content, ".png")

    assert expected == [seen.getpixel((column, 0)) for column in range(seen.width)]
    assert raster.decode(load(content, ".png").content).mode in {"1", "L", "LA", "P", "RGB", "RGBA"}


@pytest.mark.parametrize("options", [{}, {"quality": 95, "subsampling": 0}])
def test_a_jpeg_in_cmyk_is_seen_in_its_colours(options: dict[str, int]) -> None:
    image = load(raster.encode("JPEG", raster.draw().convert("CMYK"), **options), ".jpg")
    seen = raster.decode(image.content)

    assert ("JPEG", "RGB") == (seen.format, seen.mode)
    assert differs(raster.draw(), seen) < 8


def test_a_jpeg_that_is_stored_in_rgb_is_one_that_every_reader_of_pdf_knows() -> None:
    image = load(raster.encode("JPEG", keep_rgb=True), ".jpg")

    assert [1, 2, 3] == [layer[0] for layer in raster.decode(image.content).layer]  # type: ignore[attr-defined]


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TURNED_ROUND = SRGB.replace(b"rXYZ", b"red?").replace(b"gXYZ", b"rXYZ").replace(b"red?", b"gXYZ")
"""A profile in which red is the green of sRGB."""


@pytest.mark.parametrize(("mode", "alpha"), [("RGB", 255), ("RGBA", 9), ("P", 255)])
def test_colours_of_another_profile_become_those_of_srgb(mode: str, alpha: int) -> None:
    dot = Image.new("RGBA", (1, 1), (204, 0, 0, alpha)).convert("RGB" if alpha == 255 else "RGBA").convert(mode)
    seen = raster.decode(load(raster.encode("PNG", dot, icc_profile=TURNED_ROUND), ".png").content)

    assert "icc_profile" not in seen.info
    assert (0, 204, 0, alpha) == seen.convert("RGBA").getpixel((0, 0))


def test_an_image_with_the_profile_of_srgb_is_not_coded_again() -> None:
    assert raster.encode("JPEG") == load(raster.encode("JPEG", icc_profile=SRGB), ".jpg").content


def test_a_profile_that_is_broken_does_not_count() -> None:
    content = raster.encode("PNG", icc_profile=b"no profile")

    assert 0 == differs(raster.draw(), pixels(content, ".png"))


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP"])
def test_an_image_that_moves_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="a picture that moves") as raised:
        load(raster.moving(name), SUFFIXES[name])
    assert "one frame" in raised.value.hint


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP"])
def test_an_image_that_could_move_and_has_one_frame_is_taken(name: str) -> None:
    image = load(raster.moving(name, frames=1), SUFFIXES[name])

    assert b"acTL" not in image.content
    assert (120, 80) == image.size


def test_an_image_has_no_more_pixels_than_its_box() -> None:
    photo = raster.encode("JPEG", raster.draw((900, 600)), quality=98, exif=raster.exif(6))
    image = load(photo, ".jpg", (300, 300))

    assert ((200, 300), (600, 900)) == (image.size, image.original_size)
    assert image.size == raster.decode(image.content).size
    assert len(image.content) < len(photo) / 4


def test_an_image_is_never_made_larger() -> None:
    content = raster.encode("PNG", raster.draw((9, 9)))

    assert content == load(content, ".png", (300, 300)).content


def test_a_drawing_that_would_weigh_more_with_fewer_pixels_keeps_them() -> None:
    lines = Image.new("1", (901, 901))
    lines.paste(1, (0, 0, 450, 450))
    content = raster.encode("PNG", lines)

    assert content == load(content, ".png", (300, 300)).content


@pytest.mark.parametrize(("name", "kind"), [("JPEG", "JPEG"), ("PNG", "PNG"), ("GIF", "PNG"), ("WEBP", "JPEG")])
def test_photos_go_out_as_jpeg_and_drawings_as_png(name: str, kind: str) -> None:
    assert kind == raster.decode(load(raster.encode(name), SUFFIXES[name]).content).format


def test_a_webp_without_loss_or_with_transparent_parts_goes_out_as_png() -> None:
    alpha = raster.draw().convert("RGBA")
    alpha.putalpha(90)

    assert "PNG" == raster.decode(load(raster.encode("WEBP", lossless=True), ".webp").content).format
    assert "RGBA" == raster.decode(load(raster.encode("WEBP", alpha), ".webp").content).mode


@pytest.mark.parametrize("side", [11_000, 30_000, 2_000_000_000])
def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(side: int) -> None:
    before = time.perf_counter()

    with pytest.raises(SourceError, match="more than 120 million pixels") as raised:
        load(raster.png((side, side, 8, 0), b""), ".png")
    assert "Export it smaller" in raised.value.hint
    assert time.perf_counter() - before < 1


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Return *content* with bytes changed, taken out, put in or said twice somewhere."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(changed)), chance.randint(1, 40)
        piece = {0: chance.randbytes(length), 1: b"", 2: changed[at : at + length] * 2, 3: b"\xff" * length}
        changed[at : at + length] = piece[chance.randrange(4)]
    return bytes(changed)


def test_a_flat_picture_keeps_its_colours_as_a_png() -> None:
    colours = [(at * 60, 255 - at * 60, at * 20) for at in range(4)]
    picture = Image.new("RGB", (40, 30))
    for at, colour in enumerate(colours):
        picture.paste(colour, (at * 10, 0, at * 10 + 10, 30))
    with Image.open(io.BytesIO(raster_images.encode_flat(picture))) as flat:
        assert "P" == flat.mode
        assert picture.tobytes() == flat.convert("RGB").tobytes()


def fuzz(name: str, count: int) -> None:
    chance = random.Random(name)  # noqa: S311 - the same files every time
    sources = [raster.encode(name), raster.turned(name, 6)] if name != "GIF" else [raster.encode(name)]
    for _ in range(count):
        content = mutate(chance.choice(sources), chance)
        before = time.perf_counter()
        with contextlib.suppress(SourceError):
            image = load(content, SUFFIXES[name])
            assert image.size == raster.decode(image.content).size
        assert time.perf_counter() - before < 2


@each_format
def test_a_file_that_was_changed_gives_an_error_or_an_image(name: str) -> None:
    fuzz(name, 25)


@pytest.mark.law
@each_format
def test_many_files_that_were_changed_give_an_error_or_an_image(name: str) -> None:
    fuzz(name, 500)
