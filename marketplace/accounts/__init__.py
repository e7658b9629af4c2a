"""People: sign-in, addresses, and who may enter which page."""
