"""Answers leave, checks stay: a learner's cells run in one child, the tests for them in another."""
