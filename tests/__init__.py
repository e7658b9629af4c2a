"""The tests of the marketplace."""
