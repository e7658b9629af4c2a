"""Races with real processes and real commits, each with a twin that shows it fails when the guard is taken away."""
