"""Every guard of the market is on a list, and taking one away turns a test red."""
