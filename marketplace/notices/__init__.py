"""Delivers a text to an address by e-mail or WhatsApp; the package with the news writes the words."""

from marketplace.notices.delivery import deliver, send_email, send_whatsapp

__all__ = ["deliver", "send_email", "send_whatsapp"]
