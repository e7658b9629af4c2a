"""Every setting of the marketplace, read once from the environment, typed, with its default."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class City:
    """What differs from one city to the next and stands in every page."""

    name: str
    market: str
    province: str
    regency: str
    complaint_email: str
    complaint_phone: str
    surroundings: tuple[str, ...]


@dataclass(frozen=True)
class Settings:
    """One field per setting; the README lists what `from_environment` reads, and a test compares the two."""

    instance: Path
    database_url: str
    secret_key: str
    base_url: str
    demo: bool
    city: City
    mail_url: str
    mail_from: str
    whatsapp_gateway_url: str
    whatsapp_gateway_token: str
    accept_minutes: int
    accept_minutes_made_to_order: int
    complete_working_days: int
    pay_hours: int
    pay_grace_minutes: int
    proof_hours: int
    courier_days: int
    complaint_hours: int
    account_wait_hours: int
    reset_minutes: int
    sign_in_window_minutes: int
    sign_in_tries: int
    sign_in_tries_per_network: int
    photo_megabytes: int
    originals_url: str
    proofs_url: str
    pictures_url: str
    pictures_base_url: str
    s3_endpoint: str
    s3_region: str
    s3_key_id: str
    s3_secret_key: str
    database_threads: int
    page_cache_megabytes: int
    trusted_proxies: int
    stripe_secret_key: str
    stripe_webhook_secrets: tuple[str, ...]
    stripe_api_url: str
    stripe_transfers: bool
    card_minimum: int

    @classmethod
    def from_environment(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read every setting; raises ValueError naming the variable that cannot be read."""
        read = _Reader(os.environ if env is None else env)
        instance = Path(read.text("INSTANCE", str(ROOT / "instance"))).resolve()
        port = read.number("PORT", 8000)
        return cls(
            instance=instance,
            database_url=_engine_url(read.text("DATABASE_URL", f"sqlite:///{instance / 'pasar.db'}")),
            secret_key=read.text("SECRET_KEY", "") or kept_secret(instance, "secret_key"),
            base_url=read.text("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            demo=read.flag("DEMO", False),
            city=City(
                name=read.text("CITY_NAME", "Kota Mojokerto"),
                market=read.text("MARKET_NAME", "Pasar Mojokerto"),
                province=read.text("CITY_PROVINCE", "Jawa Timur"),
                regency=read.text("CITY_REGENCY", "Kota Mojokerto"),
                complaint_email=read.text("COMPLAINT_EMAIL", "pengaduan@pasar.example"),
                complaint_phone=read.text("COMPLAINT_PHONE", ""),
                surroundings=tuple(read.text("CITY_SURROUNDINGS", "Kabupaten Mojokerto").split(",")),
            ),
            mail_url=read.text("MAIL_URL", "folder:"),
            mail_from=read.text("MAIL_FROM", "Pasar Mojokerto <kabar@pasar.example>"),
            whatsapp_gateway_url=read.text("WHATSAPP_GATEWAY_URL", ""),
            whatsapp_gateway_token=read.text("WHATSAPP_GATEWAY_TOKEN", ""),
            accept_minutes=read.number("ACCEPT_MINUTES", 120),
            accept_minutes_made_to_order=read.number("ACCEPT_MINUTES_MADE_TO_ORDER", 720),
            complete_working_days=read.number("COMPLETE_WORKING_DAYS", 2),
            pay_hours=read.number("PAY_HOURS", 24),
            pay_grace_minutes=read.number("PAY_GRACE_MINUTES", 15),
            proof_hours=read.number("PROOF_HOURS", 24),
            courier_days=read.number("COURIER_DAYS", 5),
            complaint_hours=read.number("COMPLAINT_HOURS", 24),
            account_wait_hours=read.number("ACCOUNT_WAIT_HOURS", 24),
            reset_minutes=read.number("RESET_MINUTES", 30),
            sign_in_window_minutes=read.number("SIGN_IN_WINDOW_MINUTES", 15),
            sign_in_tries=read.number("SIGN_IN_TRIES", 10),
            sign_in_tries_per_network=read.number("SIGN_IN_TRIES_PER_NETWORK", 300),
            photo_megabytes=read.number("PHOTO_MEGABYTES", 20),
            originals_url=read.place("ORIGINALS_URL", "folder:"),
            proofs_url=read.place("PROOFS_URL", "folder:"),
            pictures_url=read.place("PICTURES_URL", "folder:"),
            pictures_base_url=read.text("PICTURES_BASE_URL", "").rstrip("/"),
            s3_endpoint=read.text("S3_ENDPOINT", ""),
            s3_region=read.text("S3_REGION", "us-east-1"),
            s3_key_id=read.text("S3_KEY_ID", ""),
            s3_secret_key=read.text("S3_SECRET_KEY", ""),
            database_threads=read.number("DATABASE_THREADS", 16),
            page_cache_megabytes=read.number("PAGE_CACHE_MEGABYTES", 64),
            trusted_proxies=read.number("TRUSTED_PROXIES", 0),
            stripe_secret_key=read.text("STRIPE_SECRET_KEY", ""),
            stripe_webhook_secrets=tuple(filter(None, read.text("STRIPE_WEBHOOK_SECRETS", "").split(","))),
            stripe_api_url=read.text("STRIPE_API_URL", "https://api.stripe.com").rstrip("/"),
            stripe_transfers=read.flag("STRIPE_TRANSFERS", False),
            card_minimum=read.number("CARD_MINIMUM", 10_000),
        )

    @property
    def secure(self) -> bool:
        """Whether visitors reach us by https: decides Secure cookies and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def card_pages(self) -> str:
        """Where Stripe's hosted pages stand; empty without a key. A fake Stripe shows its own."""
        if not self.stripe_secret_key:
            return ""
        return "https://checkout.stripe.com" if "api.stripe.com" in self.stripe_api_url else self.stripe_api_url

    @property
    def pictures_origin(self) -> str:
        """Scheme and host of pictures that browsers fetch from elsewhere; empty when they come from here."""
        where = urlsplit(self.pictures_base_url)
        return f"{where.scheme}://{where.netloc}" if where.netloc else ""

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may carry: ours, and loopback when ours is loopback."""
        ours = urlsplit(self.base_url).hostname or "localhost"
        loopback = ["localhost", "127.0.0.1", "[::1]"]
        return [ours] if self.secure else sorted({ours, *loopback})


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def kept_secret(instance: Path, name: str) -> str:
    """A secret that nobody set: made once into the instance folder, readable by its owner alone."""
    path = instance / name
    instance.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip() or _rewritten(path)
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _rewritten(path: Path) -> str:
    """Fill a secret's file that a crash left empty."""
    secret = secrets.token_urlsafe(48)
    path.write_text(secret)
    return secret


def _engine_url(url: str) -> str:
    """SQLAlchemy's address of the database; the short PostgreSQL forms mean psycopg 3."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


class _Reader:
    """Reads typed values and names the variable when one is wrong."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, default)

    def place(self, name: str, default: str) -> str:
        value = self.env.get(name, default)
        if not value.startswith(("folder:", "s3://")):
            raise ValueError(f"{name} must begin with folder: or s3://, not {value!r}")
        return value

    def number(self, name: str, default: int) -> int:
        value = self.env.get(name, str(default))
        if not value.isascii() or not value.isdigit():
            raise ValueError(f"{name} must be a whole number, not {value!r}")
        return int(value)

    def flag(self, name: str, default: bool) -> bool:
        value = self.env.get(name, "1" if default else "0").lower()
        if value not in {"0", "1", "true", "false", "yes", "no", ""}:
            raise ValueError(f"{name} must be 0 or 1, not {value!r}")
        return value in {"1", "true", "yes"}
