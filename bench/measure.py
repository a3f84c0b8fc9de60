"""Lets programs take turns on one kernel of one graph, and holds their answers against each other."""
import math
import statistics
import sys

import numpy as np

import programs
from kernels import KERNELS, SLOW, request_name
from programs import OURS, Gone


def say(text):
    print(text, file=sys.stderr, flush=True)


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


class GivenUp:
    """Who exceeded the time once, and is not asked the same again."""

    def __init__(self):
        self.where = {}

    @staticmethod
    def _question(row):
        # Flow networks are no larger and smaller ones of a kind: each is a question of its own, with the network built or not.
        kernel = row.kernel.removesuffix("_built")
        return row.program, kernel, row.way, row.threads, row.graph if kernel == "max_flow" else None

    def note(self, row):
        self.where.setdefault(self._question(row), f"{row.error} on {row.graph}")

    def reason(self, row):
        before = self.where.get(self._question(row))
        return f"not asked: {before}" if before else None


def run_once(row, program, kernel, graph, repetition, folder, thorough=False):
    spec = KERNELS[kernel]
    arguments = {"threads": row.threads, "seed": repetition + 1, **spec.arguments(graph)}
    wants_values = (repetition == 0 and spec.compare) or (spec.quality and (repetition == 0 or spec.seeded))
    values = folder / "values"
    if wants_values:
        arguments["values"] = values
    try:
        answer = program.run(row.request, arguments, math.inf if thorough else spec.patience)
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


def runs_after(first, options, ours, seeded):
    """How many runs, by the seconds of the first: often when it is quick, once when it is slow."""
    if seeded:  # one seed proves little
        least = 5 if first < 5 else 1
    else:
        least = 3 if first < (5 if ours else 2) else 1
    return int(min(options.repeats, max(least, options.seconds / max(first, 1e-6))))


def plan_runs(rows, options):
    for row in rows:
        if row.error is None:
            seeded = KERNELS[row.kernel].seeded and bool(row.quality)
            row.runs_wanted = runs_after(row.wall[0], options, row.program == OURS, seeded)
            if row.wall[0] < 1:  # the first run warms up and is not counted
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


def rows_of(kernel, graph, running, threads, options):
    """A row for each way of each program that is to be asked, and the program of each row."""
    rows, by_name = [], {}
    for program in running:
        if threads > 1 and program.name not in programs.THREADED:
            continue
        if not options.thorough and ((program.name, kernel) in SLOW or (program.name, kernel, graph.name) in SLOW):
            continue
        for way in program.ways(request_name(kernel)):
            rows.append(Row(graph, kernel, program, way, threads))
            by_name[program.name] = program
    if not rows or rows[0].program != OURS and not options.peers_alone:
        return [], {}
    return rows, by_name


def measure(kernel, graph, running, threads, options, folder, given_up):
    """Rows of one kernel on one graph: a first run of everyone, then turns."""
    rows, by_name = rows_of(kernel, graph, running, threads, options)
    for row in rows:
        row.error = given_up.reason(row)
        if row.error is None:
            run_once(row, by_name[row.program], kernel, graph, 0, folder, options.thorough)
            if row.error and row.error.startswith("over "):
                given_up.note(row)
    compare(rows, kernel, graph)
    plan_runs(rows, options)
    for repetition in range(1, options.repeats + 1):
        for row in rows:
            if row.error is None and len(row.wall) < row.runs_wanted:
                run_once(row, by_name[row.program], kernel, graph, repetition, folder, options.thorough)
    for row in rows:
        row.values = None
        state = f"{row.median() * 1e3:10.2f} ms" if row.wall else f"  {row.error}"
        marks = {True: "agrees", False: f"DISAGREES by {row.apart}", None: ""}[row.agrees]
        quality = f"{KERNELS[kernel].quality_name} {statistics.median(row.quality):.5g}" if row.quality else ""
        say(f"  {kernel:22}{graph.name:20}{threads} {row.program + (':' + row.way if row.way else ''):26}{state}  {quality} {marks}")
    return rows
