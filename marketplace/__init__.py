"""Pasar Mojokerto: create_app() is the table of contents of the marketplace."""

from flask import Flask

from marketplace import assets, cli, db, errors, filters, forgery, language, logs, pagecache, web, wiring
from marketplace.accounts import access, session
from marketplace.config import ROOT, Settings
from marketplace.demo import sign_ins
from marketplace.market import Market


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from settings (by default those of the environment)."""
    settings = settings or Settings.from_environment()
    logs.configure()
    app = Market(
        __name__, static_folder=None, template_folder=str(ROOT / "templates"), instance_path=str(settings.instance)
    )
    app.config["SETTINGS"] = settings
    db.init_app(app, settings)
    web.protect(app, settings)
    language.init_app(app, session.personal_language)
    assets.init_app(app, settings)
    pagecache.init_app(app, settings, access.public_roots)
    web.init_app(app, settings)
    forgery.init_app(app)
    session.init_app(app, settings)
    access.init_app(app)
    errors.init_app(app)
    filters.init_app(app, settings)
    sign_ins.init_app(app)
    wiring.connect(app)
    cli.init_app(app)
    access.refuse_undeclared(app)
    app.short_ways = access.public_endpoints(app)
    return app
