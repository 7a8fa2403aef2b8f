"""Courses made up for tests."""
