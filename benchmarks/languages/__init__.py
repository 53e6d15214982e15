"""What is offered in each language, measured: from the words of a text to the topics of a day."""
