"""A cramp: relief, its words, and its place in the diary."""
