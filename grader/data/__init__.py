"""Data packages: the tables lessons use, with what a person needs to know to trust them."""
