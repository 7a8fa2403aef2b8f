"""A club's course: the folder, who is in it, what goes out and what comes back."""
