"""The form that uploads photos."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from marketplace.forms import Filled, Form


def named_files(files: Iterable[FileStorage] | None) -> list[FileStorage]:
    """A browser sends one file without a name when none was chosen."""
    return [file for file in files or () if file.filename]


class PhotoForm(Form):
    """One photo or several at once, straight from a phone's album or camera."""

    photos = MultipleFileField(_l("Foto"), [Filled()], filters=[named_files])
