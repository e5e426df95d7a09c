"""A guided session: what is said and shown when, and what the journal keeps of it."""
