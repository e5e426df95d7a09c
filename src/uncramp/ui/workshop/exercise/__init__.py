"""The editor of exercises, with the poses of their figures."""
