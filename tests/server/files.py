# files.py: the routes of the file manager by name, and the folders behind them
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import time
from pathlib import Path

import wire
from wire import Server, encoded


class Files:
    """A server, its user's folder, and the routes by name."""

    def __init__(self, server):
        self.server = server
        self.root = Path(server.data)
        self.user = self.root / "userData" / "default_user"

    def list(self, path, **headers):
        return self.server.get("/api/fam/list/" + encoded(path), **headers)

    def read(self, path):
        return self.server.get("/api/fam/read/" + encoded(path))

    def download(self, path, **headers):
        return self.server.get("/api/fam/download/" + encoded(path), **headers)

    def write(self, path, content):
        return self.server.ask("POST", "/api/fam/write-json", {"logicalPath": path, "content": content})

    def create(self, parent, name):
        return self.server.ask("POST", "/api/fam/create-dir", {"parentLogicalPath": parent, "dirName": name})

    def rename(self, path, name):
        return self.server.ask("PUT", "/api/fam/rename", {"logicalPath": path, "newName": name})

    def move(self, sources, target):
        return self.server.ask("PUT", "/api/fam/move", {"sourcePaths": sources, "targetParentPath": target})

    def delete(self, *paths):
        return self.server.ask("DELETE", "/api/fam/delete", {"logicalPaths": list(paths)})

    def upload(self, folder, *files):
        return self.server.ask("POST", "/api/fam/upload/" + encoded(folder), *form(*files))

    def names(self, path):
        return [item["name"] for item in self.list(path).json]

    def spooled(self):
        """Temporary files; they go a moment after their request has ended."""
        folder = self.root / "tmp"
        for _ in range(500):
            left = os.listdir(folder) if folder.exists() else []
            if not left:
                break
            time.sleep(0.01)
        return left


def form(*files):
    return wire.form([("files", name, content) for name, content in files])


def with_files(program, function, environment=None):
    saved = dict(os.environ)
    os.environ.update(environment or {})
    try:
        with Server(program) as server:
            function(Files(server))
    finally:
        os.environ.clear()
        os.environ.update(saved)
