"""Routines and exercises being written, handed over and taken."""
