"""Where routines and exercises are written, given away and taken."""
