"""The one exception a caller need catch: the program cannot go on, and says why in one Chinese sentence."""


class GiaError(Exception):
    """Unreadable input, a bad option, an output that cannot be written. Printed as it stands; exit status 2."""
