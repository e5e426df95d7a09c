"""Chimes and spoken prompts into one audio device, without Qt."""
