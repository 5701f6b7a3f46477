"""Views: parse input, call one act or one query, render."""
