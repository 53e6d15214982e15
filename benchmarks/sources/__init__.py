"""The sources: feeds, mailboxes and what servers send."""
