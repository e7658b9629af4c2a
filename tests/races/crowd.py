"""Starts the shopping processes of a race and gathers what they saw."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask

from marketplace.config import ROOT

SECONDS_TO_START = 4.0


def environment_of(app: Flask) -> dict[str, str]:
    """The environment in which another process finds the same shop."""
    settings = app.config["SETTINGS"]
    return {
        **os.environ,
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "BASE_URL": settings.base_url,
        "DATABASE_THREADS": "4",
        "STRIPE_SECRET_KEY": settings.stripe_secret_key,
        "STRIPE_WEBHOOK_SECRETS": ",".join(settings.stripe_webhook_secrets),
        "STRIPE_API_URL": settings.stripe_api_url,
    }


def race(app: Flask, folder: Path, plans: list[dict[str, Any]]) -> list[int]:
    """Let one process per plan begin in the same moment; returns every HTTP status that any of them saw."""
    start_at = time.time() + SECONDS_TO_START
    children = []
    for number, plan in enumerate(plans):
        file = folder / f"plan-{number}.json"
        file.write_text(json.dumps({"start_at": start_at, **plan}))
        command = [sys.executable, "-m", "tests.races.child", str(file)]
        children.append(subprocess.Popen(command, cwd=ROOT, env=environment_of(app), stdout=subprocess.PIPE))
    statuses: list[int] = []
    for child in children:
        output, _ = child.communicate(timeout=100)
        assert child.returncode == 0
        statuses += json.loads(output.splitlines()[-1])
    return statuses
