"""Pages of text, and what machines ask for."""
