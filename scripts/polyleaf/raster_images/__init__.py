"""Raster images as leaflets hold them: whole, still, sRGB, no finer than paper shows. Calls Pillow.

`containers` has the parts of their files.
"""

from __future__ import annotations

import contextlib
import io
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from PIL import (
    ExifTags,
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    ImageFilter,
    ImageOps,
    ImageStat,
    UnidentifiedImageError,
    features,
)

from polyleaf.errors import SourceError
from polyleaf.raster_images import containers

Size = tuple[int, int]
"""Width and height in pixels."""

Bitmap = Image.Image
"""An image in memory."""

Box = tuple[int, int, int, int]
"""The left, upper, right and lower edge of a part of an image, in pixels."""

FORMATS: Mapping[str, tuple[str, ...]] = {
    ".gif": ("GIF",),
    ".jpeg": ("JPEG",),
    ".jpg": ("JPEG",),
    ".png": ("PNG",),
    ".webp": ("WEBP",),
}
"""Pillow's name of the format that a file with each suffix has."""

JPEG = ("JPEG", "MPO")
"""What Pillow calls a JPEG that was opened; MPO is one with more images behind it."""

LARGEST = 120_000_000
"""How many pixels an image has at most: more than any camera of a telephone stores by default."""

QUALITY = 85
"""The quality of JPEG from which on nobody sees a loss in print (scale of the Independent JPEG Group)."""

SRGB_GAMMA, SAME_GAMMA = 0.45455, 0.01
"""The value of gAMA (PNG, third edition, 11.3.2.2) for sRGB, and the difference up to which another one is that."""

SAME_LEVEL = 4
"""By how much of 255 a profile may change a colour of sRGB and still be one of sRGB."""

MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
"""Pillow's names of what WeasyPrint and every browser draw: 1 to 8 bits a channel, and no other colours than RGB."""

BITS, DEPTH_OFFSET = 8, 24
"""Where a PNG says how many bits a channel has (PNG, third edition, 11.2.1), and how many it has at most here."""

RGB_COMPONENTS = list(b"RGB")
"""The identifiers of the components of a JPEG that is not in YCbCr; a PDF would be read as if it were."""

TURNED, SIDEWAYS = range(2, 9), range(5, 9)
"""The values of the tag Orientation of Exif for images that are not stored upright, and for those on their side."""

AGAIN = "Export the picture again from the program or camera it is from."
STILL = "Show one frame of it, or its steps as pictures one below the other."


@dataclass(frozen=True, slots=True)
class RasterImage:
    """An image as it goes out: *content* is a JPEG or PNG in sRGB without metadata, of *size*.

    *original_size* is that of the file, upright.
    """

    content: bytes
    size: Size
    original_size: Size


class _UnusableError(Exception):
    """A fact, and a hint, why an image cannot be used."""


def load(content: bytes, path: str, widest: Size, suffix: str = "") -> RasterImage:
    """Return the image *content* of the file *path* as it goes out, with no more pixels than the box *widest* has.

    *suffix* is the one of its format, by default that of *path*. Raises SourceError for what is not whole, not what its
    name says, moves, or is too large to be decoded.
    """
    try:
        return _load(content, suffix or PurePosixPath(path).suffix.lower(), widest)
    except _UnusableError as error:
        fact, hint = error.args
        raise SourceError(f"{path}: {fact}", hint=hint) from error


def versions() -> dict[str, str]:
    """Return the versions of the codecs in Pillow, by the names that people know."""
    return {
        "libjpeg-turbo of Pillow": features.version("libjpeg_turbo") or features.version("jpg") or "",
        "Little CMS of Pillow": features.version("littlecms2") or "",
        "zlib of Pillow": features.version("zlib_ng") or features.version("zlib") or "",
    }


def encode_flat(image: Image.Image) -> bytes:
    """Return *image*, which is all flat surfaces, as a PNG of 64 colours, found in Pillow's quickest way.

    Runs of one colour are all that is looked for: that takes half the time, and is as small once a book is packed.
    """
    flat = image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return _save(flat, "png", compress_level=6, compress_type=zlib.Z_RLE)


def find_contrast(image: Bitmap, box: Box) -> int:
    """Return by how much neighbouring pixels in the *box* of *image* differ at most, from 0 to 255."""
    part = image.crop(box).convert("RGB")
    if not all(part.size):
        return 0
    darkest, lightest = (part.filter(extreme(3)) for extreme in (ImageFilter.MinFilter, ImageFilter.MaxFilter))
    return max(most for _, most in ImageStat.Stat(ImageChops.difference(darkest, lightest)).extrema)


@lru_cache(maxsize=256)
def _load(content: bytes, suffix: str, widest: Size) -> RasterImage:
    with _strictly(), _open(content, suffix) as image:
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise _UnusableError("a picture that moves may not be in a leaflet", STILL)
        original = image.size[::-1] if _orientation(image) in SIDEWAYS else image.size
        size = _fit(original, widest)
        image.draft(None, (max(size), max(size)))  # a JPEG can be decoded in a half or a quarter of its size
        _decode(image, content, suffix)
        pixels = _to_srgb(_to_eight_bits(_turn_upright(image), content))
        exact = _strip(content, image) if pixels is image else b""
        if exact and size == original:
            return RasterImage(exact, size, size)
        encoded = _encode(_resize(pixels, size), is_photo=_is_photo(image, content))
        if exact and len(exact) <= len(encoded):
            return RasterImage(exact, original, original)
        return RasterImage(encoded, size, original)


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Let Pillow refuse what is cut off, damaged, or larger than LARGEST; WeasyPrint tells it to be lenient.

    Every warning is an error, and every error is raised as `_UnusableError`.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, LARGEST
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except _UnusableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        fact = f"the picture has more than {LARGEST // 1_000_000} million pixels"
        raise _UnusableError(fact, "Export it smaller: 2500 pixels wide are enough for a page.") from error
    except Exception as error:  # Pillow names no class for what it cannot read
        raise _UnusableError(
            f"the picture is damaged or cut off ({str(error) or type(error).__name__})", AGAIN
        ) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _open(content: bytes, suffix: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS[suffix])
    except UnidentifiedImageError as error:
        raise _UnusableError(f"this is not a {suffix[1:]} image", "Export it again, or mend its name.") from error


def _decode(image: Image.Image, content: bytes, suffix: str) -> None:
    """Decode all of *image*, and test what Pillow does not: checksums and rows of a PNG, the coded data of a JPEG."""
    image.load()
    if image.format == "PNG":
        with _open(content, suffix) as unread:
            unread.verify()
        containers.check_rows(content)
    if image.format in JPEG:
        import pikepdf  # noqa: PLC0415 - only those who have photos should wait for it

        with pikepdf.new() as document:
            stream = pikepdf.Stream(document, content, Filter=pikepdf.Name.DCTDecode)
            stream.read_bytes(pikepdf.StreamDecodeLevel.all)


def _turn_upright(image: Image.Image) -> Image.Image:
    """Return *image* as its metadata says that it is to be seen; itself, when it is stored in that way."""
    return ImageOps.exif_transpose(image) if _orientation(image) in TURNED else image


def _orientation(image: Image.Image) -> object:
    return image.getexif().get(ExifTags.Base.Orientation)


def _to_eight_bits(image: Image.Image, content: bytes) -> Image.Image:
    """Return *image*, read from *content*, in a mode of 8 bits a channel; itself, when it is in one of MODES.

    The one colour of a PNG that is transparent becomes an alpha channel: it is told in the bits of the file (PNG, third
    edition, 11.3.2.1), while Pillow gives pixels of 8 bits.
    """
    depth = content[DEPTH_OFFSET] if image.format == "PNG" else 8
    colour = image.info.get("transparency") if image.mode in {"L", "RGB", "I;16"} else None
    if colour is None and image.mode in MODES and depth <= BITS:
        return image
    changed = image.point(lambda value: value / 256).convert("L") if image.mode == "I;16" else image.copy()
    if colour is not None:
        values = colour if isinstance(colour, tuple) else (colour,)
        levels = [value >> 8 if depth > BITS else value * 255 // (2**depth - 1) for value in values]
        changed.info["transparency"] = tuple(levels) if len(levels) > 1 else levels[0]
        return changed.convert("RGBA")
    return changed if changed.mode in (*MODES, "CMYK") else changed.convert("RGB")


def _to_srgb(image: Image.Image) -> Image.Image:
    """Return *image* in the colours of sRGB; itself, when it is in them. A profile that is broken does not count."""
    transform = _find_transform(image)
    if transform:
        return ImageCms.applyTransform(image.convert(_direct_mode(image)), transform) or image
    if image.mode == "CMYK":
        return image.convert("RGB")
    gamma = 0 if {"icc_profile", "srgb"} & set(image.info) else image.info.get("gamma", 0)
    if gamma <= 0 or abs(gamma - SRGB_GAMMA) < SAME_GAMMA:
        return image
    direct = image.convert(_direct_mode(image))
    curve = [round(255 * (level / 255) ** (SRGB_GAMMA / gamma)) for level in range(256)]
    return direct.point([level for band in direct.getbands() for level in (range(256) if band == "A" else curve)])


def _find_transform(image: Image.Image) -> ImageCms.ImageCmsTransform | None:
    """Return what turns the colours of *image* into sRGB, None when it has no profile, or that of sRGB."""
    if not image.info.get("icc_profile"):
        return None
    mode = _direct_mode(image)
    goal = "RGBA" if mode == "RGBA" else "RGB"
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    with contextlib.suppress(ImageCms.PyCMSError, OSError):
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        transform = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, goal, intent, flags=flags)
        ramp = Image.merge("RGB", [Image.linear_gradient("L").rotate(angle) for angle in (0, 90, 180)]).convert(mode)
        difference = ImageChops.difference(ramp.convert(goal), ImageCms.applyTransform(ramp, transform) or ramp)
        is_srgb = mode != "CMYK" and max(bounds[1] for bounds in difference.getextrema()) <= SAME_LEVEL  # type: ignore[index]
        return None if is_srgb else transform
    return None


def _direct_mode(image: Image.Image) -> str:
    """Return the mode that holds *image* with a level for each channel of a pixel, and can be computed with."""
    with_palette = "RGBA" if "transparency" in image.info else "RGB"
    return {"1": "L", "LA": "RGBA", "P": with_palette}.get(image.mode, image.mode)


def _fit(size: Size, widest: Size) -> Size:
    """Return *size* made smaller, in its proportions, so that it fits into *widest*."""
    scale = min(1, widest[0] / size[0], widest[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _resize(image: Image.Image, size: Size) -> Image.Image:
    if size == image.size:
        return image
    direct = image if image.mode == _direct_mode(image) else image.convert(_direct_mode(image))
    return direct.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _is_photo(image: Image.Image, content: bytes) -> bool:
    """Tell whether *image*, read from *content*, was stored with a loss, as photos are."""
    return image.format in JPEG or (image.format == "WEBP" and containers.is_lossy_webp(content))


def _encode(image: Image.Image, *, is_photo: bool) -> bytes:
    """Return *image* as a JPEG if it *is_photo*, which has no transparent parts, else as a PNG."""
    if is_photo and image.mode in {"L", "RGB"}:
        return _save(image, "jpeg", quality=QUALITY, subsampling=0, optimize=True)
    return _save(image, "png")


def _save(image: Image.Image, format_name: str, **options: int) -> bytes:
    """Return *image* in the format, with nothing beside its pixels."""
    bare = image.copy()
    bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
    target = io.BytesIO()
    bare.save(target, format_name, **options)
    return target.getvalue()


def _strip(content: bytes, image: Image.Image) -> bytes:
    """Return *content*, a file of *image*, without metadata; nothing for a format that is not kept."""
    if image.format == "PNG":
        return containers.strip_png(content)
    if image.format in JPEG and [layer[0] for layer in image.layer] != RGB_COMPONENTS:  # type: ignore[attr-defined]
        return containers.strip_jpeg(content)
    return b""
