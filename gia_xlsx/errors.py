"""The one exception a caller need catch: the program cannot go on, and says why in one Chinese sentence."""

import errno
import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class GiaError(Exception):
    """Unreadable input, a bad option, an output that cannot be written. Printed as it stands; exit status 2.

    It is one line, whatever names and words it quotes, and nothing quoted may command a terminal.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(_CONTROL.sub(" ", sentence))


_SYSTEM = {
    errno.ENOENT: "找不到文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.EBUSY: "正被别的程序占用",
    errno.EISDIR: "同名的是文件夹",
    errno.ENOTDIR: "路径上有一个同名文件挡住了文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENOSPC: "磁盘空间不足",
    errno.EFBIG: "文件大小超过系统允许的上限",
    errno.EROFS: "所在磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "路径过长",
    errno.EINVAL: "路径含有系统不允许的字符",
    errno.ELOOP: "链接指来指去，没有尽头",
}


def system_words(error: OSError) -> str:
    """What the system refused, in Chinese; a rare number as the number."""
    return _SYSTEM.get(error.errno or 0, f"系统错误 {error.errno}")


class RefusedError(GiaError):
    """A refusal that the caller may lift by setting ``parameter`` of the same call to True."""

    def __init__(self, sentence: str, parameter: str) -> None:
        super().__init__(sentence)
        self.parameter = parameter
