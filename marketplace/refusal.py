"""Refusal: the domain says no, in a sentence for the person in front of the page."""


class Refusal(Exception):
    """A rule of the market forbids what was asked; `str()` is a translated sentence that can be shown as it is."""


class GoneAway(Refusal):
    """What the request speaks of is no longer there, or never was there for this person."""
