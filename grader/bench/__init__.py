"""Benchmarks of marking: the same submissions, by each engine, in one run. `club bench` is the way in."""
