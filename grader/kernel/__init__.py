"""The learner's side: what runs in the notebook's own kernel."""
