"""Run `club` as `python -m grader.cli`, for programs that start it."""

from grader.cli import main

main()
