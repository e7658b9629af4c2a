"""Where people go on to after signing in: to the page they wanted, if it is one of ours."""

from flask import url_for

LONGEST = 2000


def inside(path: str | None) -> str:
    """The path if it leads inside this site, otherwise an empty text.

    Browsers drop tabs and line ends and read a backslash as a slash, so a path with one of those may leave it.
    """
    if not path or len(path) > LONGEST or not path.startswith("/") or path.startswith("//"):
        return ""
    if "\\" in path or any(character <= " " or character == "\x7f" for character in path):
        return ""
    return path


def onward(path: str | None) -> str:
    """The page to go on to: the one wanted, or the account."""
    return inside(path) or url_for("accounts.account")
