"""The plan: today, reminders, and how it was kept to."""
