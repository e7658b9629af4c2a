"""`--cov` looks at every module about money and orders, and at each of their lines."""

import sys
import tomllib
from pathlib import Path

from flask import Flask

from marketplace.config import ROOT


def test_every_module_that_is_measured_is_loaded_with_the_app(app: Flask) -> None:
    """A module that nobody imports would not be missed."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage"]["run"]["include"]
    folders = [pattern.removesuffix("*") + "**/*.py" if pattern.endswith("*") else pattern for pattern in patterns]
    there = {path for folder in folders for path in ROOT.glob(folder)}
    loaded = {Path(module.__file__) for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    assert len(there) > 100 and there <= loaded
