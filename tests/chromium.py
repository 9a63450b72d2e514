"""One headless Chromium that many pages are shown in, spoken to over its pipe: no network, no driver to install."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

PATIENCE = 120  # seconds without a word
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM = next((found for name in NAMES if (found := shutil.which(name))), None)


class Chromium:
    """A browser for as long as a ``with`` lasts, with one tab."""

    def __enter__(self) -> Chromium:
        self.folder = tempfile.mkdtemp(prefix="gia-chromium-")
        self.ours, theirs = _pipes()
        words = [str(PROGRAM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        words += ["--remote-debugging-pipe", f"--user-data-dir={self.folder}", "about:blank"]
        inner = f"exec {' '.join(words)} 3<&{theirs[0]} 4>&{theirs[1]}"  # the two it is told to read and write
        self.process = subprocess.Popen(
            ["bash", "-c", inner], pass_fds=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for end in theirs:
            os.close(end)
        self.buffer, self.count, self.session = b"", 0, ""
        self.said: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        for end in self.ours:
            os.close(end)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method: str, **params: Any) -> Any:
        """One command of the DevTools protocol and its answer."""
        self.count += 1
        message: dict[str, Any] = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.ours[1], json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def show(
        self, page: Path, width: int = 1280, height: int = 900, *, dark: bool = False, scripts: bool = True
    ) -> None:
        """Load a page in a window of some size, in light or dark, with scripts or without."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.dark(dark)
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.ask("Page.navigate", url=page.resolve().as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def dark(self, on: bool) -> None:
        """Let the page be in the dark, or in the light."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def complaints(self, page: Path) -> list[str]:
        """What the browser writes to its console while it loads a page: errors of scripts, breaches of a policy."""
        self.said = []
        self.ask("Log.enable")
        self.show(page)
        self.ask("Log.disable")
        return self.said

    def resize(self, width: int, height: int = 900) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def run(self, script: str) -> Any:
        """The value of an expression in the page, awaited."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key like ``Tab`` or ``ArrowDown``."""
        code = {"Tab": 9, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}[key]
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def click(self, selector: str) -> None:
        """Click in the middle of an element, brought into view."""
        it = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{it}.scrollIntoView({{block: 'center'}})")
        where = self.run(f"(at => [at.x + at.width / 2, at.y + at.height / 2])({it}.getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=where[0], y=where[1], button="left", clickCount=1)

    def picture(self, whole: bool = True) -> bytes:
        """A PNG of the page."""
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.buffer:
            answers, _, _ = select.select([self.ours[0]], [], [], PATIENCE)
            chunk = os.read(self.ours[0], 2**20) if answers else b""
            if not chunk:
                raise RuntimeError("Chromium does not answer")
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        if found.get("method") == "Log.entryAdded":
            self.said.append(found["params"]["entry"]["text"])
        return found


def _pipes() -> tuple[tuple[int, int], tuple[int, int]]:
    """Our ends and theirs of two pipes, each to read and to write."""
    (their_read, our_write), (our_read, their_write) = os.pipe(), os.pipe()
    return (our_read, our_write), (their_read, their_write)
