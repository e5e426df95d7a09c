"""A routine as a flat timeline, and the state machine that walks along it."""
