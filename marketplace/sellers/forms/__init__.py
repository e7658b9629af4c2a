"""The forms of a shop's own pages."""
