"""Cramps: helped with now, and told of later."""
