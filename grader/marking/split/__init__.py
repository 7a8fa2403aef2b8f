"""Answers leave, checks stay: a learner's cells run in one child, the tests for them in another.

On the trusted side: `apart`, `two_children`, `talk`, `verify`, `plan` and `names`. In the children: `peer` with its two
kinds, `answering` and `checking`, and all that they say to one another.
"""
