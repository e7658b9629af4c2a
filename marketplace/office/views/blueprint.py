"""The blueprint that the pages of the office stand on."""

from flask import Blueprint

bp = Blueprint("office", __name__, url_prefix="/kantor")
