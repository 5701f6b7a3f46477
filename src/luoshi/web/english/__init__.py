"""英文界面: the finished page, said in English (docs/adr/0016)."""
