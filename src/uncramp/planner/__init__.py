"""Planning a run: heat, fluid, salt, food, pace and load, within bounds that are never passed."""
