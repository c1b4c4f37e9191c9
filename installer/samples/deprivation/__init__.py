"""The samples of the deprivation desk: stories/*.toml, and the sheets of prisons and police in books.toml."""
