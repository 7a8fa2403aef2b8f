"""What a facilitator prints or sends: made from the lessons and the course, never kept twice."""
