"""The day: what is due, the plan, and reminders."""
