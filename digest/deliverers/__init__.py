"""Deliverers: a digest becomes a mail, and a mail is handed over.

Nothing is imported here: the configuration needs the options alone, and not what speaks SMTP.
"""
