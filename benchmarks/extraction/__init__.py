"""HTML pages: what comes out of them, beside trafilatura alone."""
