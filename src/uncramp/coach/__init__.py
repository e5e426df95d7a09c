"""Use-cases that join the rooms; shared by the window, the terminal and the tests."""
