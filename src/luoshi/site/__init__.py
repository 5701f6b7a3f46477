"""装配: settings, addresses, the server's entry, and the console with every command."""
