"""门: the command line. One module per command: parse what was typed, run one act or query, print.

Enters: arguments, files and LUOSHI_HOME. Leaves: text, files and an exit code: 0 done, 1 what was checked does
not hold, 2 usage, 3 refused. It decides nothing, and no command imports what it does not need: reading a
document never starts the site.
"""
