"""How good the summaries are: ROUGE beside the lead and sumy, the guard's work, and the prior's training."""
