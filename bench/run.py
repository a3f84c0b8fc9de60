#!/usr/bin/python3
"""Measures our kernels and every peer's, in turns, on the same graphs, and checks that they agree.

Called by scripts/bench; see bench/README.md. All programs load the graph once; then, kernel by kernel, they take turns
run by run, so that whatever else the machine does meets all of them alike.
"""
import argparse
import collections
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import document
import programs
import report
import results
from graphs import GROWTH, NAMES, graph_of, in_order
from kernels import KERNELS, request_name
from measure import GivenUp, Row, measure, run_once, say
from programs import OURS, Gone, Program

PARTS = ["table", "growth", "busy", "load"]


def wanted_graphs(kernels, options):
    """graph -> kernels, graphs from small to large."""
    wanted = collections.defaultdict(list)
    for kernel in kernels:
        for graph in options.graphs or KERNELS[kernel].graphs:
            wanted[graph].append(kernel)
    return [(name, wanted[name]) for name in in_order(wanted)]


def started(commands, graph, kernels, options):
    """The programs that have something to do with this graph, holding it."""
    running = []
    for name, command in commands.items():
        if graph.edges > programs.MOST_EDGES.get(name, 1 << 40) or graph.is_flow_network and name not in programs.ON_FLOW_NETWORKS:
            continue
        if not Program.may_know(name, [request_name(kernel) for kernel in kernels]):
            continue
        try:
            running.append(Program(name, command, graph.path, options.timeout))
        except Gone as gone:
            say(f"  {name} cannot be measured: {gone}")
    return running


def run_tables(kernels, options, commands, folder, rows):
    """The main table: graph by graph, with all programs holding it at once. Adds to rows."""
    given_up = GivenUp()
    for name, kernels_of_graph in wanted_graphs(kernels, options):
        graph = graph_of(name, options.work, options.entente)
        say(f"{graph.name}: {graph.nodes} nodes, {graph.edges} edges")
        running = started(commands, graph, kernels_of_graph, options)
        for kernel in kernels_of_graph:
            for threads in options.threads:
                # More threads are shown on the first graph of a kernel only.
                if threads > 1 and not (KERNELS[kernel].parallel and name == (options.graphs or KERNELS[kernel].graphs)[0]):
                    continue
                rows += [row.as_json() for row in measure(kernel, graph, running, threads, options, folder, given_up)]
        for program in running:
            program.stop()


def run_growth(kernels, options, commands, folder, rows):
    """Our kernels at three sizes, a decade apart. Adds to rows."""
    sizes = sorted({size for family in GROWTH.values() for size in family})
    for nodes, _ in sizes:
        graph = graph_of(f"partnership-{nodes}", options.work, options.entente)
        program = Program(OURS, commands[OURS], graph.path, options.timeout)
        for kernel in kernels:
            if any(nodes == size[0] for size in GROWTH.get(KERNELS[kernel].growth, [])):
                rows += [row.as_json() for row in measure(kernel, graph, [program], 1, options, folder, GivenUp())]
        program.stop()


def one_and_two(pair, program, kernel, graph, folder):
    """Seconds by the clock of one and of two threads in turns, or None; the first run of each warms up. Quick kernels run more often."""
    for row in pair:
        row.wall, row.cpu, row.error = [], [], None
    for repetition in range(26):
        for row in pair:
            run_once(row, program, kernel, graph, repetition, folder)
        if any(row.error for row in pair):
            return None
        if sum(sum(row.wall) for row in pair) > (3 if repetition < 7 else 0.7) and repetition >= 3:
            break
    return [statistics.median(row.wall[1:]) for row in pair]


def run_busy(kernels, options, commands, folder, rows):
    """One and two threads in turns, on a quiet machine and beside a process that never rests. Adds to rows."""
    kernels = [kernel for kernel in kernels if KERNELS[kernel].parallel]
    by_graph = collections.defaultdict(list)
    for kernel in kernels:
        by_graph[options.graphs[0] if options.graphs else KERNELS[kernel].graphs[0]].append(kernel)
    for name in in_order(by_graph):
        graph = graph_of(name, options.work, options.entente)
        program = Program(OURS, commands[OURS], graph.path, options.timeout)
        for kernel in by_graph[name]:
            pair = [Row(graph, kernel, program, request_name(kernel), threads) for threads in (1, 2)]
            for busy in (False, True):
                loop = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if busy else None
                try:
                    seconds = one_and_two(pair, program, kernel, graph, folder)
                finally:
                    if loop:
                        loop.kill()
                        loop.wait()
                if seconds is None:
                    break
                say(f"  {kernel:22}{graph.name:20}{'busy ' if busy else 'quiet'} one thread {seconds[0] * 1e3:9.2f} ms, two {seconds[1] * 1e3:9.2f} ms")
                rows.append({"graph": graph.name, "kernel": kernel, "busy": busy, "one": seconds[0], "two": seconds[1]})
        program.stop()


def run_load(kernels, options, commands, folder, rows):
    """The steps of bench_load. Adds to rows."""
    say("loading a data package")
    rows += subprocess.run([options.load], capture_output=True, text=True, check=True).stdout.splitlines()


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernels", help="names separated by commas (default: all): " + ", ".join(KERNELS))
    parser.add_argument("--graphs", help="names or files separated by commas (default: as each kernel says): " + ", ".join(NAMES))
    parser.add_argument("--programs", help="names separated by commas (default: all that are installed)")
    parser.add_argument("--threads", default="1,2", help="numbers of threads (default: 1,2)")
    parser.add_argument("--repeats", type=int, default=5, help="most runs of one program for one kernel (default: 5)")
    parser.add_argument("--seconds", type=float, default=0.7, help="runs of one program for one kernel last about so long, but are 3 where one lasts less than 2 s, "
                        "5 of different seeds where one lasts less than 5 s (default: 0.7)")
    parser.add_argument("--timeout", type=float, default=25, help="a run that lasts longer is given up, and its program not asked that kernel again (default: 25)")
    parser.add_argument("--parts", help=f"what to measure (default: {','.join(PARTS)}; load only with --load, and not by default where kernels, graphs or programs are chosen)")
    parser.add_argument("--quick", action="store_true", help="3 runs, one thread, the table only")
    parser.add_argument("--thorough", action="store_true", help="9 runs, 2 seconds, 3 minutes before a run is given up, and also what takes minutes; lasts hours")
    parser.add_argument("--peers-alone", action="store_true", help="also kernels that we do not have")
    parser.add_argument("--out", help="write the document here (docs/performance.md by scripts/bench when everything is measured)")
    parser.add_argument("--load", help="a bench_load, whose steps go into the document too")
    parser.add_argument("--keep", action="store_true", help="parts that are not measured now are taken from the earlier --json, and say so in the document")
    parser.add_argument("--add", action="store_true", help="as --keep, and lines of the table that are not measured now are kept too")
    parser.add_argument("--json", default="build/bench/results.json")
    parser.add_argument("--ours", default="build/release/bench/bench_kernels")
    parser.add_argument("--entente", default="build/release/cli/entente")
    parser.add_argument("--peers", default="build/peers")
    parser.add_argument("--work", default="build/bench/graphs", help="where the graphs are kept")
    options = parser.parse_args()
    if options.quick:
        options.repeats, options.threads, options.parts = 3, "1", "table"
    if options.thorough:
        options.repeats, options.seconds, options.timeout = 9, 2, 180
    if options.parts is None:
        options.parts = ",".join(PARTS[:-1] if options.kernels or options.graphs or options.programs else PARTS)
    options.threads = [int(number) for number in options.threads.split(",")]
    options.graphs = options.graphs.split(",") if options.graphs else None
    options.kernels = options.kernels.split(",") if options.kernels else list(KERNELS)
    options.parts = [part for part in options.parts.split(",") if part != "load" or options.load]
    for chosen, known, what in ((options.kernels, KERNELS, "kernel"), (options.parts, PARTS, "part")):
        for name in chosen:
            if name not in known:
                sys.exit(f"run.py: there is no {what} {name}. Known are {', '.join(known)}.")
    return options


def chosen_commands(options):
    commands = programs.commands(options.ours, options.peers)
    chosen = options.programs.split(",") if options.programs else list(commands)
    for name in chosen:
        if name not in commands:
            sys.exit(f"run.py: there is no program {name}. Installed are {', '.join(commands)}.")
    return {name: commands[name] for name in commands if name in chosen}


def main():
    options = parsed()
    commands = chosen_commands(options)

    def stopped(number, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell has started us in the background
        signal.signal(number, stopped)
    runners = {"table": run_tables, "growth": run_growth, "busy": run_busy, "load": run_load}
    found = results.begin(options.json if options.keep or options.add else None)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            for name in options.parts:
                earlier = found["parts"].get(name) if options.add and name == "table" else None
                part = results.begin_part(found, name, sys.argv[1:], options.ours)
                begin = time.monotonic()
                try:
                    runners[name](options.kernels, options, commands, pathlib.Path(temporary), part["rows"])
                except KeyboardInterrupt:
                    part["stopped"] = True
                    raise
                finally:
                    part["seconds"] = time.monotonic() - begin
                    if earlier:
                        results.add_to(earlier, part)
    except KeyboardInterrupt:
        say("run.py: stopped; what was measured until here is kept.")
    finally:
        Program.stop_all()
    results.write(found, options.json)
    if options.out:
        pathlib.Path(options.out).write_text(document.document(found), encoding="utf-8")
    print(report.tables(found))
    rows = results.rows_of(found, "table") if "table" in options.parts else []
    disagreeing = [row for row in rows if row["agrees"] is False]
    for row in disagreeing:
        say(f"run.py: {row['program']} disagrees on {row['kernel']} of {row['graph']}")
    return 1 if disagreeing else 0


if __name__ == "__main__":
    sys.exit(main())
