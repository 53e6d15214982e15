"""Every regular expression of the package against strings that are made to keep it busy."""
