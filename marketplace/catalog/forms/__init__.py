"""What sellers fill in about their goods."""
