"""Pages glued from articles: how well they come apart, by layout."""
