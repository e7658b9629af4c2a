"""The ways a text leaves the house: e-mail to a folder or by SMTP, WhatsApp by a gateway."""

import json
import smtplib
import ssl
import urllib.request
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from marketplace.config import settings

TIMEOUT_SECONDS = 10


def deliver(*, email: str = "", phone: str = "", subject: str, text: str) -> None:
    """Job `notices.deliver`: send `text` to the addresses that are known; raises OSError when a far side fails.

    A lost answer makes the job run again, so a person may get a text twice, but never not at all.
    """
    if email:
        send_email(email, subject, text)
    elif phone and settings().whatsapp_gateway_url:
        send_whatsapp(phone, text)


def send_email(to: str, subject: str, text: str) -> None:
    """Send one plain-text letter where MAIL_URL says: `folder:[path]` or `smtp[s]://user:password@host:port`."""
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Message-ID"] = make_msgid(domain=urlsplit(settings().base_url).hostname)
    message.set_content(text)
    where = urlsplit(settings().mail_url)
    if where.scheme == "folder":
        _put_into_folder(Path(where.path) if where.path else settings().instance / "mail", message)
        return
    if where.scheme not in {"smtp", "smtps"}:
        raise ValueError("MAIL_URL must begin with folder:, smtp:// or smtps://")
    _send_by_smtp(where, message)


def send_whatsapp(phone: str, text: str) -> None:
    """Hand a text to the WhatsApp gateway: a JSON POST of `to` (digits) and `text`, with a bearer token."""
    body = json.dumps({"to": phone, "text": text}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings().whatsapp_gateway_token}"}
    request = urllib.request.Request(settings().whatsapp_gateway_url, body, headers)  # noqa: S310  # the operator's own setting
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        answer.read()


def _put_into_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").replace("@", "-")
    (folder / f"{name}.eml").write_bytes(bytes(message))


def _send_by_smtp(where: SplitResult, message: EmailMessage) -> None:
    tls, host = ssl.create_default_context(), where.hostname or "localhost"
    server: smtplib.SMTP
    if where.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(host, where.port or 587, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo()
        if where.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=tls)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(message)
