"""The only room that knows SQL: one encrypted file that holds records, cases, findings, papers and the log."""
