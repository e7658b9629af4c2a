"""Processes die at named points and at any moment while people order and pay; nothing acknowledged is lost."""
