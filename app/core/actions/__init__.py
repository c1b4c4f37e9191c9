"""What a user may ask for; the only place where rooms are joined."""
