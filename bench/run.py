#!/usr/bin/python3
"""Measures our kernels and every peer's, in turns, on the same graphs, and checks that they agree.

Called by scripts/bench; see bench/README.md. All programs load the graph once; then, kernel by kernel, they take turns
run by run, so that whatever else the machine does meets all of them alike.
"""
import argparse
import collections
import json
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import programs
import report
from kernels import KERNELS, SLOW, Graph, request_name
from programs import OURS, Gone, Program

MODELS = {
    "pn10k": ["partnership", "--nodes", "10000", "--edges", "100000", "--seed", "7"],
    "pn60k": ["partnership", "--nodes", "60000", "--edges", "600000", "--seed", "7"],
    "pn200k": ["partnership", "--nodes", "200000", "--edges", "2000000", "--seed", "7"],
    "kron16": ["kronecker", "--scale", "16", "--seed", "7"],
    "kron18": ["kronecker", "--scale", "18", "--seed", "7"],
    "urand18": ["uniform", "--nodes", "262144", "--edges", "4194304", "--seed", "7"],
    "grid1000": ["lattice", "--rows", "1000", "--columns", "1000", "--seed", "7"],
}
GROWTH = {"large": [(2_000, 20_000), (20_000, 200_000), (200_000, 2_000_000)],
          "small": [(200, 2_000), (2_000, 20_000), (20_000, 200_000)]}
for nodes, edges in GROWTH["large"] + GROWTH["small"][:1]:
    MODELS[f"partnership-{nodes}"] = ["partnership", "--nodes", str(nodes), "--edges", str(edges), "--seed", "7"]


def say(text):
    print(text, file=sys.stderr, flush=True)


def graph_of(name, options):
    """A graph by its name, made when it is not there yet, or a file of "u v w" lines."""
    folder = pathlib.Path(options.work)
    folder.mkdir(parents=True, exist_ok=True)
    text = pathlib.Path(name)
    short = name
    if name in MODELS:
        text, binary = folder / f"{name}.wel", folder / f"{name}.bin"
        if not binary.exists():
            subprocess.run([options.entente, "generate", *MODELS[name], "--format", "edges", "--weights", "--out", str(text), "--quiet"], check=True)
    elif text.is_file():
        short = text.stem
        binary = folder / f"file-{short}.bin"
    else:
        sys.exit(f"run.py: there is no graph {name}. Known are {', '.join(MODELS)}, and any file of lines \"u v w\".")
    if not binary.exists() or (text.exists() and binary.stat().st_mtime < text.stat().st_mtime):
        numbers = np.fromfile(text, dtype=np.int64, sep=" ").reshape(-1, 3)
        head = np.array([numbers[:, :2].max() + 1, len(numbers)], dtype=np.uint32)
        np.concatenate((head, numbers.T.astype(np.uint32).ravel())).tofile(binary)
        if name in MODELS:
            text.unlink()
    return Graph(short, binary)


class Row:
    """What one program did for one kernel on one graph with so many threads."""

    def __init__(self, graph, kernel, program, way, threads):
        self.graph, self.kernel, self.program, self.threads = graph.name, kernel, program.name, threads
        self.way = way.partition(":")[2]
        self.request, self.version = way, program.version
        self.wall, self.cpu, self.quality = [], [], []
        self.peak_mb = self.apart = self.agrees = self.error = None
        self.figures = {}
        self.values = None
        self.runs_wanted = 1

    def median(self):
        """Of the time that counts: the processor's for one thread, the clock's for more."""
        times = self.cpu if self.threads == 1 else self.wall
        return statistics.median(times) if times else None

    def as_json(self):
        return {key: value for key, value in vars(self).items() if key not in ("values", "request", "runs_wanted")} | {"median": self.median()}


def run_once(row, program, kernel, graph, repetition, folder):
    spec = KERNELS[kernel]
    arguments = {"threads": row.threads, "seed": repetition + 1, **spec.arguments(graph)}
    wants_values = (repetition == 0 and spec.compare) or (spec.quality and (repetition == 0 or spec.seeded))
    values = folder / "values"
    if wants_values:
        arguments["values"] = values
    try:
        answer = program.run(row.request, arguments)
    except Gone as gone:
        answer = {"error": str(gone)}
    if "error" in answer:
        row.error = answer["error"]
        return
    row.wall.append(answer["wall"])
    row.cpu.append(answer["cpu"])
    row.figures = answer["figures"]
    row.peak_mb = max(row.peak_mb or 0, answer["peak_mb"] or 0) or None
    if wants_values:
        row.values = np.fromfile(values, dtype=np.float64)
        if spec.quality:
            quality = spec.quality(graph, row.values, arguments)
            if quality is not None:
                row.quality.append(quality)


def plan_runs(rows, options):
    """How often each program runs: often when it is quick, once when it is slow."""
    for row in rows:
        if row.error is None:
            first = max(row.wall[0], 1e-6)
            # One seed proves little: where the answer depends on it, five.
            least = 1 if first > 5 else 5 if KERNELS[row.kernel].seeded and row.quality else 3
            row.runs_wanted = int(min(options.repeats, max(least, options.seconds / first)))
            if first < 1:  # the first run warms up and is not counted
                row.wall.clear()
                row.cpu.clear()


def compare(rows, kernel, graph):
    """Holds every peer's answer against ours, or, where we have none, against the first."""
    spec = KERNELS[kernel]
    good = [row for row in rows if row.error is None]
    if not good:
        return
    first = good[0]
    graph.known[kernel] = first.values
    for row in good[1:]:
        shared = [name for name in first.figures if name in row.figures and name not in ("iterations", "clusters", "samples")]
        same = [abs(first.figures[name] - row.figures[name]) <= 1e-12 * abs(first.figures[name]) for name in shared]
        if spec.compare and all(values is not None and len(values) for values in (first.values, row.values)):
            row.apart, agrees = spec.compare(graph, first.values, row.values)
            same.append(agrees)
        row.agrees = all(same) if same else None


def measure(kernel, graph, running, threads, options, folder):
    """Rows of one kernel on one graph: a first run of everyone, then turns."""
    rows, by_name = [], {}
    for program in running:
        if threads > 1 and program.name not in programs.THREADED:
            continue
        if not options.full and ((program.name, kernel) in SLOW or (program.name, kernel, graph.name) in SLOW):
            continue
        for way in program.ways(request_name(kernel)):
            rows.append(Row(graph, kernel, program, way, threads))
            by_name[program.name] = program
    if not rows or rows[0].program != OURS and not options.peers_alone:
        return []
    for row in rows:
        run_once(row, by_name[row.program], kernel, graph, 0, folder)
    compare(rows, kernel, graph)
    plan_runs(rows, options)
    for repetition in range(1, options.repeats + 1):
        for row in rows:
            if row.error is None and len(row.wall) < row.runs_wanted:
                run_once(row, by_name[row.program], kernel, graph, repetition, folder)
    for row in rows:
        row.values = None
        state = f"{row.median() * 1e3:10.2f} ms" if row.wall else f"  {row.error}"
        marks = {True: "agrees", False: f"DISAGREES by {row.apart}", None: ""}[row.agrees]
        quality = f"{KERNELS[kernel].quality_name} {statistics.median(row.quality):.5g}" if row.quality else ""
        say(f"  {kernel:22}{graph.name:20}{threads} {row.program + (':' + row.way if row.way else ''):26}{state}  {quality} {marks}")
    return rows


def run_tables(kernels, options, commands, folder, rows):
    """The main table: graph by graph, with all programs holding it at once. Adds to rows."""
    wanted = collections.defaultdict(list)
    for kernel in kernels:
        for graph in options.graphs or KERNELS[kernel].graphs:
            wanted[graph].append(kernel)
    for name, kernels_of_graph in wanted.items():
        graph = graph_of(name, options)
        say(f"{graph.name}: {graph.nodes} nodes, {graph.edges} edges")
        running = []
        for program, command in commands.items():
            if graph.edges > programs.MOST_EDGES.get(program, 1 << 40):
                continue
            try:
                running.append(Program(program, command, graph.path, options.timeout))
            except Gone as gone:
                say(f"  {program} cannot be measured: {gone}")
        for kernel in kernels_of_graph:
            for threads in options.threads:
                # More threads are shown on the first graph of a kernel only: the whole is to take a quarter of an hour.
                if threads > 1 and not (KERNELS[kernel].parallel and name == (options.graphs or KERNELS[kernel].graphs)[0]):
                    continue
                rows += [row.as_json() for row in measure(kernel, graph, running, threads, options, folder)]
        for program in running:
            program.stop()


def run_growth(kernels, options, command, folder, rows):
    """Our kernels at three sizes, a decade apart. Adds to rows."""
    sizes = sorted({size for family in GROWTH.values() for size in family})
    for nodes, _ in sizes:
        graph = graph_of(f"partnership-{nodes}", options)
        program = Program(OURS, command, graph.path, options.timeout)
        for kernel in kernels:
            if any(nodes == size[0] for size in GROWTH.get(KERNELS[kernel].growth, [])):
                rows += [row.as_json() for row in measure(kernel, graph, [program], 1, options, folder)]
        program.stop()


def run_busy(kernels, options, command, folder, rows):
    """One and two threads in turns, on a quiet machine and beside a process that never rests. Adds to rows."""
    graph = graph_of(options.graphs[0] if options.graphs else "pn200k", options)
    program = Program(OURS, command, graph.path, options.timeout)
    for kernel in kernels:
        if not KERNELS[kernel].parallel or KERNELS[kernel].growth == "small" or not program.ways(request_name(kernel)):
            continue
        pair = [Row(graph, kernel, program, request_name(kernel), threads) for threads in (1, 2)]
        for busy in (False, True):
            loop = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if busy else None
            for row in pair:
                row.wall, row.cpu, row.error = [], [], None
            for repetition in range(1 + max(5, options.repeats // 2)):
                for row in pair:
                    run_once(row, program, kernel, graph, repetition, folder)
            if loop:
                loop.kill()
                loop.wait()
            if any(row.error for row in pair):
                break
            one, two = (statistics.median(row.wall[1:]) for row in pair)
            say(f"  {kernel:22}{graph.name:20}{'busy ' if busy else 'quiet'} one thread {one * 1e3:9.2f} ms, two {two * 1e3:9.2f} ms")
            rows.append({"graph": graph.name, "kernel": kernel, "busy": busy, "one": one, "two": two})
    program.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernels", help="names separated by commas (default: all): " + ", ".join(KERNELS))
    parser.add_argument("--graphs", help="names or files separated by commas (default: as each kernel says): " + ", ".join(MODELS))
    parser.add_argument("--programs", help="names separated by commas (default: all that are installed)")
    parser.add_argument("--threads", default="1,2", help="numbers of threads (default: 1,2)")
    parser.add_argument("--repeats", type=int, default=7, help="most runs of one program for one kernel (default: 7)")
    parser.add_argument("--seconds", type=float, default=2, help="runs of one program for one kernel last about so long, but are 3 where one lasts less than 5 s (default: 2)")
    parser.add_argument("--timeout", type=float, default=180, help="a run that lasts longer is given up (default: 180)")
    parser.add_argument("--parts", default="table,growth,busy", help="what to measure (default: table,growth,busy)")
    parser.add_argument("--quick", action="store_true", help="3 runs, 1 second, one thread, the table only")
    parser.add_argument("--full", action="store_true", help="also what takes minutes")
    parser.add_argument("--peers-alone", action="store_true", help="also kernels that we do not have")
    parser.add_argument("--out", help="write the document here (docs/performance.md by scripts/bench when everything is measured)")
    parser.add_argument("--load", help="a bench_load, whose steps go into the document too")
    parser.add_argument("--json", default="build/bench/results.json")
    parser.add_argument("--ours", default="build/release/bench/bench_kernels")
    parser.add_argument("--entente", default="build/release/cli/entente")
    parser.add_argument("--peers", default="build/peers")
    parser.add_argument("--work", default="build/bench/graphs", help="where the graphs are kept")
    options = parser.parse_args()
    if options.quick:
        options.repeats, options.seconds, options.threads, options.parts = 3, 1, "1", "table"
    options.threads = [int(number) for number in options.threads.split(",")]
    options.graphs = options.graphs.split(",") if options.graphs else None
    kernels = options.kernels.split(",") if options.kernels else list(KERNELS)
    for kernel in kernels:
        if kernel not in KERNELS:
            sys.exit(f"run.py: there is no kernel {kernel}. Known are {', '.join(KERNELS)}.")
    commands = programs.commands(options.ours, options.peers)
    if options.programs:
        chosen = options.programs.split(",")
        for name in chosen:
            if name not in commands:
                sys.exit(f"run.py: there is no program {name}. Installed are {', '.join(commands)}.")
        commands = {name: commands[name] for name in commands if name in chosen}

    def stopped(number, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell has started us in the background
        signal.signal(number, stopped)
    begin = time.monotonic()
    results = {"machine": report.machine(), "command": " ".join(["scripts/bench", *sys.argv[1:]]), "rows": [], "growth": [], "busy": []}
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder, parts = pathlib.Path(temporary), options.parts.split(",")
            if "table" in parts:
                run_tables(kernels, options, commands, folder, results["rows"])
            if "growth" in parts:
                run_growth(kernels, options, commands[OURS], folder, results["growth"])
            if "busy" in parts:
                run_busy(kernels, options, commands[OURS], folder, results["busy"])
    except KeyboardInterrupt:
        say("run.py: stopped; what was measured until here is kept.")
        results["stopped"] = True
    finally:
        Program.stop_all()
    if options.load and "stopped" not in results:
        results["load"] = subprocess.run([options.load], capture_output=True, text=True, check=True).stdout
    results["seconds"] = time.monotonic() - begin
    pathlib.Path(options.json).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(options.json).write_text(json.dumps(results, indent=1))
    text = report.document(results)
    if options.out:
        pathlib.Path(options.out).write_text(text, encoding="utf-8")
    print(report.tables(results))
    disagreeing = [row for row in results["rows"] if row["agrees"] is False]
    for row in disagreeing:
        say(f"run.py: {row['program']} disagrees on {row['kernel']} of {row['graph']}")
    return 1 if disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
