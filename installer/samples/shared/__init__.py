"""What all samples share: calendar sums, notations, names, and the making of spreadsheets."""
