"""Delivery: issues become mails, which stand in the outbox until a channel has handed them over.

    dispatch --message--> outbox --channels--> smtp, maildir, file

Nothing is imported here: the configuration needs the options alone, and not what speaks SMTP.
"""
