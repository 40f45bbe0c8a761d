"""The door for Telegram: python-telegram-bot on one side, the gateway's services on the other."""
