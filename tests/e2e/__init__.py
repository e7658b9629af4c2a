"""Journeys in Chromium against real servers, with JavaScript and without."""
