"""What the pages of routines and exercises show."""
