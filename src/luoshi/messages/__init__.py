"""消息: what acts left to be told goes out, by e-mail and the groups' robots, and as a calendar of deadlines.

Enter: notices and letters of the outbox, the settings of the channels, the clock as a function. Leave: mails, robots'
messages, calendar text; each a title and a link, never content. No act waits for this room; it changes no fact.
"""
