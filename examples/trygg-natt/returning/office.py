"""A LibreOffice of its own: started without a window, spoken to through UNO, ended.

In: nothing. Out: documents to act on, files saved in the formats people save. Runs under a Python
that has UNO (on Debian: ``python3-uno``); needs nothing of the toolkit.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "xls": "MS Excel 97",
    "docx": "MS Word 2007 XML",
}
PATIENCE = 60.0  # seconds until LibreOffice must have answered
BEAT = 0.25


def uno() -> Any:
    """The UNO bridge, which only some Pythons have."""
    return importlib.import_module("uno")


def struct(name: str, **values: object) -> Any:
    """A UNO struct with these members."""
    made = uno().createUnoStruct(f"com.sun.star.{name}")
    for key, value in values.items():
        setattr(made, key, value)
    return made


def properties(**values: object) -> tuple[Any, ...]:
    """Named values as UNO wants them."""
    named = values.items()
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in named)


class Office:
    """A running LibreOffice; leaving its ``with`` block ends it."""

    def __enter__(self) -> Self:
        self._profile = Path(tempfile.mkdtemp(prefix="office-"))
        pipe = f"office{uuid.uuid4().hex[:10]}"
        program = shutil.which("soffice") or "soffice"
        options = ("--headless", "--norestore", "--nologo", "--nodefault")
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        accept = f"--accept=pipe,name={pipe};urp;"
        self._process = subprocess.Popen(
            [program, profile, *options, accept],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._desktop = self._connect(pipe)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(*_uno_errors()):
            self._desktop.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        if self._process.poll() is None:
            self._process.kill()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _connect(self, pipe: str) -> Any:
        context = uno().getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", context
        )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except _uno_errors():
                if time.monotonic() > until:
                    raise
                time.sleep(BEAT)
            else:
                service = "com.sun.star.frame.Desktop"
                return remote.ServiceManager.createInstanceWithContext(service, remote)

    def load(self, path: str) -> Any:
        """A document; an empty path gives a new workbook."""
        url = uno().systemPathToFileUrl(path) if path else "private:factory/scalc"
        return self._desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))

    def save(self, document: Any, path: str, password: str = "") -> None:
        """Save under a path, in the format of its suffix, and close."""
        options: dict[str, object] = {"FilterName": FILTERS[path.rpartition(".")[2]]}
        if password:
            options["EncryptionData"] = _encryption(password)
        document.storeToURL(uno().systemPathToFileUrl(path), properties(**options))
        document.close(True)


def _encryption(password: str) -> Any:
    """What makes the export to Office formats lock a file with a password."""
    told = (("CryptoType", "Standard"), ("OOXPassword", password))
    values = tuple(struct("beans.NamedValue", Name=name, Value=value) for name, value in told)
    return uno().Any("[]com.sun.star.beans.NamedValue", values)


def _uno_errors() -> tuple[type[BaseException], ...]:
    names = ("Exception", "RuntimeException")
    return tuple(uno().getClass(f"com.sun.star.uno.{name}") for name in names)
