"""Runs the command line in this process, as a person would see it."""

from dataclasses import dataclass

import pytest

from withinreach.cli import main


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def one_line(self):
        """The one line that a failed command says; more or fewer lines are a fault."""
        lines = [line for line in self.err.splitlines() if "warning:" not in line]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        assert lines[0].startswith("withinreach: ")
        return lines[0]


class _Stdin:
    def __init__(self, data):
        import io

        self.buffer = io.BytesIO(data)


@pytest.fixture
def run(capfd, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run_command(*argv, stdin=b""):
        monkeypatch.setattr("sys.stdin", _Stdin(stdin))
        capfd.readouterr()
        try:
            code = main([str(arg) for arg in argv])
        except SystemExit as stop:
            code = stop.code
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run_command
