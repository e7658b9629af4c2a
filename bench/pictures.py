"""Measures what a photo of twelve megapixels costs the worker: seconds and memory from the upload to the last size.

python -m bench.pictures: each kind of file in a process of its own, prints the table, writes its figures to
bench/results/pictures.json.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image, ImageFilter

from marketplace import db
from marketplace.catalog import picture_files
from marketplace.catalog.picture_names import FIRST, KINDS, WHOLE
from marketplace.config import ROOT, Settings

RESULT = ROOT / "bench" / "results" / "pictures.json"
CONDITIONS = "2 CPUs, 4000 x 3000 pixels with the grain of a phone's camera, files into a folder"
WIDTH, HEIGHT = 4_000, 3_000
FILES: dict[str, dict[str, Any]] = {"JPEG": {"quality": 92}, "PNG": {"compress_level": 1}, "WEBP": {"quality": 90}}


def photo(kind: str) -> bytes:
    """A picture of broad shapes and fine grain, as a JPEG, PNG or WebP file."""
    shapes = Image.effect_mandelbrot((WIDTH, HEIGHT), (-2.2, -1.3, 0.9, 1.3), 60).filter(ImageFilter.GaussianBlur(3))
    grain = Image.effect_noise((WIDTH, HEIGHT), 24)
    image = Image.merge("RGB", [shapes, Image.blend(shapes, grain, 0.3), grain])
    file = BytesIO()
    image.save(file, kind, **FILES[kind])
    return file.getvalue()


def work(path: Path, instance: str) -> dict[str, float]:
    """Do what the worker does for an upload; seconds of the first sizes, of AVIF, and the most memory in MB."""
    app, settings = Flask(__name__), Settings.from_environment({"INSTANCE": instance, "SECRET_KEY": "x"})
    app.config["SETTINGS"] = settings
    db.init_app(app, settings)
    with app.app_context():
        digest = picture_files.keep_original(path.read_bytes())
        start = time.perf_counter()
        picture_files.make_public_sizes(digest, KINDS[FIRST])
        first = time.perf_counter() - start
        picture_files.make_public_sizes(digest, set(KINDS[WHOLE]) - set(KINDS[FIRST]))
        seconds = time.perf_counter() - start
    return {"first_seconds": round(first, 2), "seconds": round(seconds, 2), "peak_mb": round(peak_mb())}


def peak_mb() -> float:
    """The most memory of this process; Linux's rusage would count the parent's, too, as it was at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024  # in bytes on macOS


def measured(kind: str) -> dict[str, float]:
    """The same in a fresh process, whose memory holds nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        path.write_bytes(photo(kind))
        command = [sys.executable, "-m", "bench.pictures", str(path), folder]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(done.stdout)
        return found


def main() -> None:
    found = {kind.lower(): measured(kind) for kind in FILES}
    result = {"date": datetime.now(UTC).date().isoformat(), "conditions": CONDITIONS, **found}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(f"{'file':8}{'WebP, JPEG':>12}{'all':>8}{'memory':>10}")
    for kind, values in found.items():
        print(f"{kind:8}{values['first_seconds']:10.2f} s{values['seconds']:6.2f} s{values['peak_mb']:7.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(work(Path(sys.argv[1]), sys.argv[2])))
    else:
        main()
