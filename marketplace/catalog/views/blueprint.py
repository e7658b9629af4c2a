"""The blueprint that all public pages of the catalog stand on."""

from flask import Blueprint

bp = Blueprint("catalog", __name__)
