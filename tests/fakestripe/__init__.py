"""A Stripe of our own: a real HTTP server that the real SDK talks to, so that card payments are tested without luck."""
