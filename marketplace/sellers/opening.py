"""Opening a shop: a person becomes the owner of one that waits for the office."""

from dataclasses import asdict

from flask_babel import gettext as _
from sqlalchemy import exists, select

from marketplace import audit, once
from marketplace.accounts.models import User
from marketplace.clock import now
from marketplace.db import writing
from marketplace.refusal import Refusal
from marketplace.sellers.models import Shop, ShopMember
from marketplace.sellers.shops import Profile
from marketplace.slugs import add_with_slug, slug_of

# The version of the sentence below the form; it changes when the sentence does.
CONSENT_VERSION = "2026-11"


class AlreadyHasShop(Refusal):
    """A person runs one shop for now."""


def open_shop(user_id: int, profile: Profile, key: str) -> str:
    """Open a shop in the state `waiting` and return its slug.

    Raises once.AlreadyDone, whose text is the slug, for a form sent twice, and AlreadyHasShop.
    """
    with writing() as session:
        answer = once.claim(key)
        # Locked, so that two tabs of one person open one shop (PostgreSQL; SQLite has one writer anyway).
        session.execute(select(User.id).where(User.id == user_id).with_for_update())
        if session.scalar(select(exists().where(ShopMember.user_id == user_id))):
            raise AlreadyHasShop(_("Anda sudah mempunyai toko."))
        shop = Shop(slug="", created_at=now(), consent_version=CONSENT_VERSION, **asdict(profile))
        answer.text = add_with_slug(shop, Shop.slug, slug_of(profile.name, "toko"))
        session.add(ShopMember(shop_id=shop.id, user_id=user_id, is_owner=True))
        audit.record("open", "shop", shop.id, actor_id=user_id, note=f"consent {CONSENT_VERSION}")
        return answer.text
