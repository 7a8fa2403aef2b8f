"""Lesson folders: read one, build its notebook, and prove that its marking holds."""
