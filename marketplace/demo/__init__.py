"""The demo market: made-up people, shops, goods and orders, through the functions that users call."""
