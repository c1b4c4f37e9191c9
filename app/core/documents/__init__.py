"""Documents: what was found and decided, put into the office's own Word templates and made ready to print."""
