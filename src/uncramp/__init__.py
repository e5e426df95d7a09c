"""Uncramp: a desktop coach for runners who get leg cramps."""

__version__ = "0.1.0"
