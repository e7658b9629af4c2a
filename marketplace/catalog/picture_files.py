"""The files behind photos: what is accepted, the private original, how the public sizes are made of it."""

import hashlib
import os
import re
import threading
from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any

import pi_heif
from flask_babel import gettext as _
from PIL import Image, ImageCms, ImageOps
from PIL.WebPImagePlugin import WebPImageFile

from marketplace import stores
from marketplace.catalog.picture_colours import colour_of
from marketplace.catalog.picture_names import SIZES, file_name
from marketplace.config import settings
from marketplace.refusal import Refusal
from marketplace.turns import together

MOST_PIXELS = 60_000_000
# What a phone has to fetch first is small, and worth the encoder's time; at 640 and 960 pixels twice the speed costs
# a tenth more bytes.
SAVED_AS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 38, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 50, "method": 4},
    "jpg": {"format": "JPEG", "quality": 74, "optimize": True, "progressive": True},
}
AVIF_SPEED = {160: 6, 320: 6, 640: 8, 960: 8}
DIGITS = 32  # of a digest, in hexadecimal
ORIGINAL_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
PUBLIC_NAME = re.compile(r"[0-9a-f]{32}(?:-[0-9]{1,4})?-(?:160|320|640|960)\.(?:avif|webp|jpg)", re.ASCII)
# While a file is written, nobody sweeps up: see picture_care.py.
SWEEPING = "pictures"


class StillWebP(WebPImageFile):
    """A WebP of which one picture is wanted: its decoder, two pictures large, goes before the next one is made."""

    def _get_next(self) -> tuple[bytes, int, int]:
        decoded = super()._get_next()
        self._decoder, self.n_frames, self.is_animated = None, 1, False
        return decoded


Image.MAX_IMAGE_PIXELS = MOST_PIXELS
Image.register_open(StillWebP.format, StillWebP, lambda start: start[:4] == b"RIFF" and start[8:12] == b"WEBP")
pi_heif.register_heif_opener(thumbnails=False)
# A decoded picture may take 240 MB, so that a process decodes one uploaded picture at a time.
_decoding = threading.Lock()


class NotAPicture(Refusal):
    """The bytes are no JPEG, PNG, WebP or HEIC, or break off before the picture ends."""


class PictureTooHeavy(Refusal):
    """The file has more megabytes than the setting PHOTO_MEGABYTES."""


class PictureTooLarge(Refusal):
    """The picture has more than MOST_PIXELS pixels."""


def read_upload(stream: IO[bytes]) -> bytes:
    """The bytes of an uploaded file; raises PictureTooHeavy before they are in memory."""
    size, most = stream.seek(0, os.SEEK_END), settings().photo_megabytes
    stream.seek(0)
    if size > most * 1024 * 1024:
        size_text = f"{size / 1024 / 1024:.0f}"
        raise PictureTooHeavy(_("Foto ini %(size)s MB, paling besar %(most)s MB.", size=size_text, most=most))
    return stream.read()


def check(data: bytes) -> None:
    """Decode the picture to its last byte; raises NotAPicture or PictureTooLarge."""
    if not data:
        raise NotAPicture(_("Berkas ini kosong. Pilih foto lain."))
    with _decoding:
        image = _opened(data)
        image.draft("RGB", (min(SIZES), min(SIZES)))  # a JPEG is read whole, but decoded small
        _load(image)


def keep_original(data: bytes) -> str:
    """Keep the bytes unchanged where no page reaches them, and return the digest that names them."""
    digest = hashlib.sha256(data).hexdigest()[:DIGITS]
    with together(SWEEPING):
        stores.originals().put(digest, data)  # also one that is there: it is new again, and not swept up
    return digest


def make_public_sizes(digest: str, kinds: Iterable[str]) -> str:
    """Write every size of these kinds, without the original's metadata (a phone writes down where the seller lives).

    Returns the class of its colour. Doing it again writes the same files. Raises NotAPicture for an original that
    cannot be decoded, FileNotFoundError when it is gone.
    """
    sizes = _sizes(stores.originals().get(digest))
    made = {file_name(digest, size, kind): data for kind in kinds for size, data in _encoded(sizes, kind).items()}
    with together(SWEEPING):
        for name, data in made.items():
            stores.public().put(name, data)
    return colour_of(sizes[min(SIZES)])


def public_file(name: str) -> bytes | None:
    """The file behind `/foto/<name>`, None for a name that we never gave or a file that is not there."""
    if not PUBLIC_NAME.fullmatch(name):
        return None
    try:
        return stores.public().get(name)
    except FileNotFoundError:
        return None


def _sizes(data: bytes) -> dict[int, Image.Image]:
    """The picture upright, in sRGB and without metadata at each size, the smaller made of the larger, none enlarged."""
    image = _opened(data)
    largest = max(SIZES)
    image.draft("RGB", (2 * largest, 2 * largest))
    _load(image)
    profile = image.info.get("icc_profile")
    image = _in_srgb(_on_white(_upright(_reduced(image, 2 * largest))), profile)
    sizes = {}
    for size in sorted(SIZES, reverse=True):
        if max(image.size) > size:
            image = image.copy()
            image.thumbnail((size, size), Image.Resampling.LANCZOS)
        sizes[size] = image
    return {size: _without_metadata(image) for size, image in sizes.items()}


def _encoded(sizes: dict[int, Image.Image], kind: str) -> dict[int, bytes]:
    """The file of each size; sizes beyond the original are the same bytes."""
    files: dict[int, bytes] = {}
    done: dict[tuple[int, int], bytes] = {}
    for size, image in sorted(sizes.items()):
        if image.size not in done:
            file = BytesIO()
            options = SAVED_AS[kind] | ({"speed": AVIF_SPEED[size]} if kind == "avif" else {})
            image.save(file, **options)
            done[image.size] = file.getvalue()
        files[size] = done[image.size]
    return files


def _reduced(image: Image.Image, wanted: int) -> Image.Image:
    """A picture whose longest side is not more than twice as long as wanted; a full one is too large to copy often."""
    factor = max(image.size) // wanted
    return image.reduce(factor) if factor > 1 and image.mode in {"RGB", "RGBA", "L", "LA", "CMYK"} else image


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP", "HEIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception as error:  # what a decoder raises for hostile bytes is not documented
        raise NotAPicture(_("Berkas ini bukan foto JPEG, PNG, WebP, atau HEIC.")) from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def _load(image: Image.Image) -> None:
    try:
        image.load()
    except Exception as error:  # as above
        raise NotAPicture(_("Foto ini rusak atau terpotong. Ambil ulang, lalu unggah lagi.")) from error


def _too_large() -> PictureTooLarge:
    most = MOST_PIXELS // 1_000_000
    return PictureTooLarge(_("Ukuran foto ini terlalu besar, paling besar %(most)s megapiksel.", most=most))


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # metadata that nobody can read turn no picture
        return image


def _on_white(image: Image.Image) -> Image.Image:
    """One of the modes that have no transparency; what shines through is white."""
    if image.mode in {"RGB", "L", "CMYK"}:
        return image.copy()
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours that the profile means, in the space that browsers assume when there is no profile."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a profile that does not fit its picture
        if converted:
            return converted
    return image.convert("RGB")


def _without_metadata(image: Image.Image) -> Image.Image:
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    return clean
