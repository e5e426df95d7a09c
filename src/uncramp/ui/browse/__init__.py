"""Routines and exercises to look through."""
