"""The page of a preview: a frame around what was built, which reloads it; served to this machine alone.

The page in the folder stays as it is built: nothing is put into it that would be published with it.
"""

from __future__ import annotations

import html
import secrets
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

from gia_xlsx.errors import GiaError

PAGE = "report.html"


@dataclass
class Shown:
    """What the browser is shown: the built folders in order, and how often they have been built."""

    folders: dict[str, Path] = field(default_factory=dict)
    version: int = 0

    def add(self, folders: Iterable[Path]) -> None:
        self.folders |= {folder.name: folder for folder in folders}
        self.version += 1


_FRAME = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>预览 {name}</title>
<style>html,body{{height:100%;margin:0}}iframe{{border:0;width:100%;height:100%;display:block}}</style></head>
<body><iframe id="page" title="{name}" src="{src}"></iframe>
<script>
let known = {version};
setInterval(async () => {{
  try {{
    const now = Number(await (await fetch("{version_url}", {{cache: "no-store"}})).text());
    if (now !== known) {{ known = now; document.getElementById("page").contentWindow.location.reload(); }}
  }} catch (gone) {{ document.title = "预览已结束"; }}
}}, 700);
</script></body></html>
"""
_LIST = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>预览</title></head>
<body style="font:1.1em/1.9 sans-serif;max-width:40em;margin:2em auto"><h1>预览</h1><ul>{items}</ul></body>
</html>
"""
_NOTHING = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>没有这一页</title></head>
<body style="font:1.1em/1.9 sans-serif;max-width:40em;margin:2em auto"><h1>没有这一页</h1>
<p>请从预览的首页打开；预览已重新启动的，用终端里新给出的网址。</p></body>
</html>
"""


class served:  # noqa: N801  # a context manager, named as it reads
    """The server, for as long as the preview runs; gives its address, which nobody can guess."""

    def __init__(self, shown: Shown) -> None:
        self.token = secrets.token_urlsafe(12)
        try:
            self.server = _Server(("127.0.0.1", 0), partial(_Handler, self.token, shown))
        except OSError as problem:
            raise GiaError("无法在本机打开预览：系统不允许建立本机网页服务。") from problem

    def __enter__(self) -> str:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/{self.token}/"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Not a word: a browser that no longer waits for an answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Answers only who knows the token and asks this machine by its own name, and only with what was built."""

    error_message_format = _NOTHING

    def __init__(self, token: str, shown: Shown, *request: object) -> None:
        self.token, self.shown = token, shown
        super().__init__(*request)  # type: ignore[arg-type]  # as the server calls it

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        parts = [unquote(part) for part in self.path.partition("?")[0].strip("/").split("/")]
        if host not in ("127.0.0.1", "localhost") or not secrets.compare_digest(parts[0].encode(), self.token.encode()):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._answer(parts[1:])

    def _answer(self, parts: list[str]) -> None:
        folders = self.shown.folders
        match parts:
            case ["version"]:
                self._send(str(self.shown.version).encode(), "text/plain")
            case []:
                only = next(iter(folders)) if len(folders) == 1 else ""
                self._send((self._frame(only) if only else self._list()).encode(), "text/html; charset=utf-8")
            case [name] if name in folders:
                self._send(self._frame(name).encode(), "text/html; charset=utf-8")
            case [name, file] if name in folders and file in _files(folders[name]):
                self._file(folders[name] / file)
            case _:
                self.send_error(HTTPStatus.NOT_FOUND)

    def _frame(self, name: str) -> str:
        root = f"/{self.token}"
        return _FRAME.format(
            name=html.escape(name),
            src=f"{root}/{quote(name)}/{PAGE}",
            version=self.shown.version,
            version_url=f"{root}/version",
        )

    def _list(self) -> str:
        root = f"/{self.token}"
        items = (f'<li><a href="{root}/{quote(name)}">{html.escape(name)}</a></li>' for name in self.shown.folders)
        return _LIST.format(items="".join(items) or "<li>还没有能显示的报告。</li>")

    def _file(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except OSError:  # just being built again
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._send(content, "text/html; charset=utf-8" if path.suffix == ".html" else "application/octet-stream")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        with suppress(ConnectionError):  # the browser has gone on to a later version
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Not a word: the terminal is for the filer."""


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} if folder.is_dir() else set()
