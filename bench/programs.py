"""The programs under measurement, ours and the peers, behind pipes (bench/protocol.hpp)."""
import json
import math
import os
import pathlib
import select
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent

OURS = "entente"
SCRIPTS = {"networkit": "networkit_peer.py", "python-igraph": "igraph_python_peer.py"}            # of the virtual environment
SYSTEM_SCRIPTS = {"graph-tool": "graph_tool_peer.py", "networkx": "networkx_peer.py", "scipy": "scipy_peer.py"}             # of Debian's Python
BINARIES = {"igraph": "igraph_peer", "boost": "boost_peer", "lemon": "lemon_peer", "graphblas": "graphblas_peer"}
MOST_EDGES = {"networkx": 250_000}
THREADED = {OURS, "networkit", "graph-tool", "graphblas"}
ON_FLOW_NETWORKS = {OURS, "igraph", "boost", "lemon", "scipy"}


def commands(ours, peers):
    """name -> command, of all programs that are there."""
    peers = pathlib.Path(peers)
    found = {OURS: [str(ours)]}
    for name, binary in BINARIES.items():
        if (peers / binary).is_file():
            found[name] = [str(peers / binary)]
    if (peers / "venv/bin/python").exists():
        for name, script in SCRIPTS.items():
            found[name] = [str(peers / "venv/bin/python"), str(HERE / "peers" / script)]
    for name, script in SYSTEM_SCRIPTS.items():
        found[name] = ["/usr/bin/python3", str(HERE / "peers" / script)]
    return found


class Gone(Exception):
    """The program ended, or did not answer in time."""


class Program:
    """One program with one graph loaded."""

    running = []
    known = {}  # name -> its kernels, once it has said them

    def __init__(self, name, command, graph_path, timeout):
        self.name, self.command, self.graph_path, self.timeout = name, command, graph_path, timeout
        self.start()

    def start(self):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive", "PYTHONDONTWRITEBYTECODE": "1"}
        self.log = open(os.devnull, "w") if not os.environ.get("ENTENTE_BENCH_LOG") else None
        self.process = subprocess.Popen([*self.command, str(self.graph_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
                                        env=environment, start_new_session=True)
        Program.running.append(self)
        hello = self._answer(600)
        self.version, self.kernels = hello["version"], hello["kernels"]
        Program.known[self.name] = self.kernels

    def _answer(self, timeout, threads=1):
        """What it says next. Given up by its own processor time, so that a busy machine gives up nobody sooner, or by four times as much on the clock."""
        begin, spent, line = time.monotonic(), self._processor_seconds(), b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], 0.2)
            used = (self._processor_seconds() - spent) / threads
            if not ready and (used > timeout or time.monotonic() - begin > 4 * timeout):
                self.stop()
                raise Gone(f"over {timeout:.0f} s" if used > timeout else f"no answer in {4 * timeout:.0f} s by the clock, the machine being busy")
            part = os.read(self.process.stdout.fileno(), 1 << 16) if ready else None
            if part == b"":
                self.stop()
                raise Gone("ended without an answer")
            line += part or b""
        return json.loads(line)

    def run(self, kernel, arguments, patience=math.inf):
        """One run, given up after as many seconds, or those of all programs. The peak of memory is that of this run: the mark is set back before it."""
        if self.process.poll() is not None or self.process.stdin.closed:
            self.start()  # it was given up on an earlier kernel
        self._set_peak_back()
        words = " ".join(f"{key}={value}" for key, value in arguments.items())
        try:
            self.process.stdin.write(f"run {kernel} {words}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Gone("ended without an answer") from None
        answer = self._answer(min(self.timeout, patience), arguments["threads"])
        answer["peak_mb"] = self._status("VmHWM")
        return answer

    def ways(self, kernel):
        """The kernel itself and the peer's further ways to do it."""
        return [name for name in self.kernels if name == kernel or name.startswith(kernel + ":")]

    @classmethod
    def may_know(cls, name, kernels):
        """Whether a program has one of the kernels, as far as it has said."""
        return name not in cls.known or any(known.partition(":")[0] in kernels for known in cls.known[name])

    def _set_peak_back(self):
        try:
            pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        except OSError:
            pass

    def _status(self, field):
        try:
            for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith(field + ":"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return None

    def _processor_seconds(self):
        try:
            words = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            return 0.0

    @staticmethod
    def stop_all():
        for program in list(Program.running):
            program.stop()

    def stop(self):
        if self in Program.running:
            Program.running.remove(self)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    pass
