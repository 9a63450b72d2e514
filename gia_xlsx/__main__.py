"""``python -m gia_xlsx`` does what ``gia-xlsx`` does."""

from gia_xlsx.cli import main

if __name__ == "__main__":
    main()
