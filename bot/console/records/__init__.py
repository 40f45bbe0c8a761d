"""Records in the console: both languages side by side with a preview of the chat's answer.

Saving keeps a draft, a second person publishes it (bot.registry.publishing). `editing` and `preview` make the
page, `changes` compares versions, `exchange` reads and writes XLSX, `expiry` and `recall` say what is due and
who was told something that is no longer so.
"""
