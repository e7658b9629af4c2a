"""The WSGI entry point: `wsgi:app`."""

import gc

from marketplace import create_app

app = create_app()

# What stands now stays: the collector need not walk through it again and again while requests come and go.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 50, 1000)
