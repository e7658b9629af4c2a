"""Draws the picture files that tests upload."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

GPS, ORIENTATION, GPS_LATITUDE = 0x8825, 0x0112, 2


def drawn(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image.convert(mode)


def file_of(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as the bytes of a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(width: int = 800, height: int = 600, **options: Any) -> bytes:
    """A JPEG as a phone makes it."""
    return file_of(drawn(width, height), "JPEG", **options)


def exif_with_place(orientation: int) -> Image.Exif:
    """The metadata of a photo taken at home with the phone held upright."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[GPS_LATITUDE] = (7.0, 28.0, 20.0)
    return exif


def heic() -> bytes:
    """A photo of an iPhone held upright: 400 x 300 to be turned, the place of the home within."""
    return (Path(__file__).parent / "data" / "photo.heic").read_bytes()
