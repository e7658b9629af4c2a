"""The blueprint of the seller's pages about money."""

from flask import Blueprint

bp = Blueprint("paydesk", __name__, url_prefix="/jualan/toko/pembayaran")
