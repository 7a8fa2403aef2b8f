"""What a facilitator learns from a week: how the room did, why, and what to say next."""
