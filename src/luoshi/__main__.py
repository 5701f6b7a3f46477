"""``python -m luoshi``: the console of the assembled house."""

from luoshi.site.console import main

if __name__ == "__main__":
    main()
