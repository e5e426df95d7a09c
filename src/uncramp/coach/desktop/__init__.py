"""Uncramp's place on the user's desktop."""
