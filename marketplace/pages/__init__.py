"""Pages of text (about, help, terms, privacy) and the addresses that machines ask for."""
