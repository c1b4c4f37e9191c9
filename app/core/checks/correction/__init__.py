"""The desk of community correction: who slipped out of supervision, which document never arrived."""
