"""A guided session on the screen."""
