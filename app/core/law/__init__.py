"""The numbers of the law: dated data with article, certainty and a one-line paraphrase."""
