"""The samples of the community correction desk: stories/*.toml, and the offices' sheets in books.toml."""
