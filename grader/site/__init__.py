"""The programme as plain web pages: readable without running anything, and hosted anywhere."""
