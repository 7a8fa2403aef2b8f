"""The marking engine: any nbgrader course, fast, sandboxed, one submission never in another's way.

`from grader.marking.mark import mark_assignment`; what it gives back is in `grader.marking.result`.
"""
