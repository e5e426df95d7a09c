"""Everything that can be chosen."""
