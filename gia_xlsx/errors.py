"""The one exception a caller need catch: the program cannot go on, and says why in one Chinese sentence."""

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class GiaError(Exception):
    """Unreadable input, a bad option, an output that cannot be written. Printed as it stands; exit status 2.

    It is one line, whatever names and words it quotes, and nothing quoted may command a terminal.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(_CONTROL.sub(" ", sentence))


class RefusedError(GiaError):
    """A refusal that the caller may lift by setting ``parameter`` of the same call to True."""

    def __init__(self, sentence: str, parameter: str) -> None:
        super().__init__(sentence)
        self.parameter = parameter
