"""Registering: a new person with a name, a phone or an e-mail, a password and a dated consent."""

from marketplace import once
from marketplace.accounts import attempts, passwords
from marketplace.accounts.identities import Identity
from marketplace.accounts.models import User
from marketplace.accounts.terms import TERMS_VERSION
from marketplace.clock import now
from marketplace.db import writing
from marketplace.jobs import enqueue


def register(name: str, identity: Identity, password: str, *, language: str, key: str, network: str) -> int:
    """Make an account for somebody who has agreed to the terms, and mail the link that proves an e-mail.

    Gives the user id.

    Others may carry the same phone or e-mail: only a proof makes it one account's own, so the answer never tells who
    is here already. Raises TooManyAttempts, and AlreadyDone when the same form came twice.
    """
    _count(identity, network)
    digest = passwords.hashed(password)
    with writing() as session:
        answer = once.claim(key)
        user = User(
            name=name,
            phone=identity.value if identity.kind == "phone" else None,
            email=identity.value if identity.kind == "email" else None,
            password_hash=digest,
            consent_version=TERMS_VERSION,
            created_at=now(),
            language=language,
        )
        session.add(user)
        session.flush()
        if user.email:
            enqueue("accounts.send_proof_link", user_id=user.id, language=language)
        answer.text = "registered"
    return user.id


def _count(identity: Identity, network: str) -> None:
    if identity.kind == "email":
        attempts.spend_letter(identity.value, network)
    else:
        attempts.spend("register", identity.value, network)
