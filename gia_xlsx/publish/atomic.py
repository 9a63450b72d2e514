"""A folder that is replaced whole or not at all, whatever stops the run: a kill, a full disk, a file open in Word."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from gia_xlsx.errors import GiaError

PATIENCE = 30.0  # seconds to wait for another run that writes the same folder
_LONGEST = 180  # bytes of a name: file systems allow 255, and ours grows by a suffix
_UNSAFE = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names Windows keeps for devices
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


def folder_name(organ: str, year: int | None) -> str:
    """``<organ><year>`` as the name of a folder on any system: it cannot leave the folder it is put into."""
    text = unicodedata.normalize("NFC", f"{organ}{year or ''}")
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C" or character in "\n\t")
    text = _UNSAFE.sub("_", text).strip(". _") or "未填机关名称"
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    if len(text.encode("utf-8")) > _LONGEST:  # cut, and told apart from what begins alike
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
        text = text.encode("utf-8")[: _LONGEST - 9].decode("utf-8", "ignore") + f"_{digest}"
    return text


def replace_folder(target: Path, files: Mapping[str, bytes], ours: Collection[str]) -> None:
    """Make ``target`` hold ``files`` and, of what stood there before, all that does not bear a name of ``ours``.

    The new folder is written beside the old under a hidden name, then the two change places. A reader of ``target``
    sees the old or the new; what a killed run left behind is put right by the next. Raises GiaError.
    """
    new, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    try:
        os.fsencode(target)
    except UnicodeEncodeError as error:
        raise GiaError(no_such_names(error)) from error
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.with_name(f".{target.name}.lock")):
            _recover(target, new, old)
            if target.is_symlink() or (target.exists() and not target.is_dir()):
                raise GiaError(f"{target} 已存在，但不是普通文件夹；请改名或移走它后重试。")
            try:
                _fill(new, files, target, ours)
                _swap(target, new, old)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise GiaError(_sentence(target, error)) from error


def _recover(target: Path, new: Path, old: Path) -> None:
    """Put right what a killed run left: the old folder back in its place, half-written ones away. Raises GiaError."""
    if old.is_dir() and not old.is_symlink() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        if os.path.lexists(leftover):
            if leftover.is_symlink() or not leftover.is_dir():
                raise GiaError(f"{leftover} 不是 gia-xlsx 留下的文件夹，却占了它要用的名称；请改名或移走它后重试。")
            shutil.rmtree(leftover)


def _fill(new: Path, files: Mapping[str, bytes], target: Path, ours: Collection[str]) -> None:
    new.mkdir()
    for entry in target.iterdir() if target.exists() else ():
        if entry.name in ours:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, new / entry.name, follow_symlinks=False)
    for name, content in files.items():
        (new / name).write_bytes(content)


def _swap(target: Path, new: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)  # Windows refuses while a file in it is open: nothing has changed yet
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)  # what stays is taken away by the next run


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of a folder; it falls with the process, so a kill leaves none behind. Raises GiaError, OSError."""
    deadline = time.monotonic() + PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if _lock(descriptor) and _same(path, descriptor):
            break
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise GiaError(f"另一个 gia-xlsx 正在写入 {path.parent}；请等它结束后重试。")
        time.sleep(0.02)
    try:
        yield
    finally:
        if os.name != "nt":
            path.unlink(missing_ok=True)  # while it is still held, so that nobody can hold a lock that is gone
        os.close(descriptor)
        if os.name == "nt":
            with suppress(OSError):  # the next in line has it open
                path.unlink()


def _lock(descriptor: int) -> bool:
    """Take the lock if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _NO_LOCKS  # a share without locks: one run at a time is all one can hope for
    return True


def _same(path: Path, descriptor: int) -> bool:
    """Whether the file that is locked is still the one that bears the name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def no_such_names(error: UnicodeEncodeError) -> str:
    """What to do on a system that has no way to write the name of an organ."""
    return (
        f"系统的文件名编码（{error.encoding}）不支持中文，文件没有写出；"
        "请把语言环境设为 UTF-8（如 LANG=C.UTF-8），或设置环境变量 PYTHONUTF8=1 后重试。"
    )


def _sentence(target: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
        why = "磁盘空间不足；请清出空间后重试"
    elif error.errno == errno.EFBIG:
        why = "文件大小超过系统允许的上限；请换一个输出文件夹"
    elif error.errno == errno.EROFS:
        why = "所在磁盘是只读的；请换一个输出文件夹"
    elif error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        why = "路径过长或含有系统不允许的字符；请换一个较短的输出文件夹"
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        why = "路径上有一个同名文件挡住了文件夹；请改名或移走它"
    elif isinstance(error, (shutil.Error, shutil.SpecialFileError)):
        why = "其中原有的文件有的不能照原样留下（如管道，或没有权限读取）；请移走它们，或换一个输出文件夹"
    elif isinstance(error, PermissionError):
        why = "没有写入权限，或其中的文件正被 Word、WPS 等程序打开；请关闭这些程序，或换一个输出文件夹"
    else:
        why = f"系统拒绝了写入（错误 {error.errno}）；请换一个输出文件夹后重试"
    return f"无法写入 {target}：{why}。原有的报告没有改动。"
