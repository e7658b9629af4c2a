"""Programs from npm that a benchmark needs: installed on demand, and never part of the market."""

import shutil
import subprocess
from pathlib import Path

from marketplace.config import ROOT

# `make clean` removes it with the libraries.
FOLDER = ROOT / ".venv" / "node"


def package(name: str, version: str, folder: Path = FOLDER) -> Path | None:
    """Where the package is, installed if it was not there; None when npm is missing or finds nothing."""
    place = folder / "node_modules" / name
    if place.exists():
        return place
    npm = shutil.which("npm")
    if npm is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
    done = subprocess.run([npm, "install", *options, f"{name}@{version}"], check=False)
    return place if done.returncode == 0 and place.exists() else None
