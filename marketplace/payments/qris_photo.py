"""The text of a QRIS code, read from a photo of it."""

from io import BytesIO

import zxingcpp
from flask_babel import gettext as _
from PIL import Image, ImageOps

from marketplace.catalog import picture_files
from marketplace.payments import emv
from marketplace.payments.emv import NotQris, Qris

LONGEST_SIDE = 2000  # pixels: a code on a poster can still be read, and a phone's photo takes no second


def read_photo(data: bytes) -> Qris:
    """The first code of the photo that is a static QRIS. Raises NotAPicture, PictureTooLarge, NotQris."""
    picture_files.check(data)
    with Image.open(BytesIO(data)) as image:
        image.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
        grey = ImageOps.exif_transpose(image).convert("L")
    grey.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    codes = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = [code.text for code in zxingcpp.read_barcodes(grey, formats=codes)]
    if not found:
        raise NotQris(_("Kode QRIS tidak terbaca di foto ini. Foto lebih dekat, atau tempel teksnya."))
    for text in found:
        try:
            return emv.read_static(text)
        except NotQris as error:
            wrong = error
    raise wrong
