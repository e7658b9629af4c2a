"""Scripts that measure what is promised; `make prove` runs them all."""
