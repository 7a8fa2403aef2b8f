"""What keeps a learner's code inside: Linux namespaces, else Landlock with seccomp. Standard library only."""
