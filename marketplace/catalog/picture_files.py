"""The files behind photos: what is accepted, where the private original lies, how the public sizes are made."""

import hashlib
import os
import re
import threading
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from flask_babel import gettext as _
from PIL import Image, ImageCms, ImageOps

from marketplace.config import settings
from marketplace.refusal import Refusal

MOST_PIXELS = 60_000_000
SIZES = (320, 640)
SAVED_AS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 60, "method": 4},
    "jpg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}
PUBLIC_NAME = re.compile(r"([0-9a-f]{32})-(?:320|640)\.(?:webp|jpg)", re.ASCII)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# A decoded picture may take 240 MB, so that a process decodes one uploaded picture at a time.
_decoding = threading.Lock()


class NotAPicture(Refusal):
    """The bytes are no JPEG, PNG or WebP, or break off before the picture ends."""


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
    digest = hashlib.sha256(data).hexdigest()[:32]
    path = _original(digest)
    if not path.exists():
        _place(path, data)
    return digest


def make_public_sizes(digest: str) -> None:
    """Write every size and kind of an original, without its metadata (a phone writes down where the seller lives).

    Doing it again writes the same files. Raises NotAPicture for an original that cannot be decoded.
    """
    image = _opened(_original(digest).read_bytes())
    image.draft("RGB", (2 * max(SIZES), 2 * max(SIZES)))
    _load(image)
    profile = image.info.get("icc_profile")
    image = _on_white(_upright(image))
    for size in sorted(SIZES, reverse=True):
        image.thumbnail((size, size), Image.Resampling.LANCZOS)
        clean = _without_metadata(_in_srgb(image, profile))
        for kind, options in SAVED_AS.items():
            file = BytesIO()
            clean.save(file, **options)
            _place(_public(digest, f"{digest}-{size}.{kind}"), file.getvalue())


def public_file(name: str) -> Path | None:
    """The file behind `/foto/<name>`, None for a name that we never gave or a file that is not there."""
    match = PUBLIC_NAME.fullmatch(name)
    path = _public(match[1], name) if match else None
    return path if path and path.is_file() else None


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception as error:  # what a decoder raises for hostile bytes is not documented
        raise NotAPicture(_("Berkas ini bukan foto JPEG, PNG, atau WebP.")) from error
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


def _original(digest: str) -> Path:
    return settings().instance / "originals" / digest[:2] / digest


def _public(digest: str, name: str) -> Path:
    return settings().instance / "pictures" / digest[:2] / name


def _place(path: Path, data: bytes) -> None:
    """Write the file whole or not at all, and through to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
