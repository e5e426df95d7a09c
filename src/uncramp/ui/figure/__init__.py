"""The runner on the screen."""
