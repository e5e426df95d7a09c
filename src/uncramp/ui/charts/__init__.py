"""The charts: the plan and the cramps, week by week, and what can be said about them."""
