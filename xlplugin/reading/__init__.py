"""A clerk's own sheets → what they mean: evidence decides, never position; what is in doubt is asked, never guessed."""
