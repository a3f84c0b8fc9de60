#!/usr/bin/env python3
"""Holds the verdicts of docs/performance.md to what was measured: what trails, which gates hold, what is left open, whose build it is.

bench_verdicts.py SOURCE_DIR

Ends with status 77 (skipped) where Python has no NumPy.
"""
import pathlib
import sys
import types

try:
    import numpy  # noqa: F401
except ImportError:
    print("skipped: NumPy is not installed")
    sys.exit(77)

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "bench"))
import document  # noqa: E402
import judgement  # noqa: E402
import measure  # noqa: E402
import results  # noqa: E402


def check(fact, sentence):
    if not fact:
        raise AssertionError(sentence)


def row(program, kernel, graph, median, way="", threads=1, quality=(), error=None):
    times = [median] if median else []
    return {"program": program, "kernel": kernel, "graph": graph, "way": way, "threads": threads, "median": median, "cpu": times, "wall": times,
            "quality": list(quality), "error": error, "agrees": True, "peak_mb": 1.0, "version": "1"}


def found_of(rows, **parts):
    part = {"command": "scripts/bench", "date": "2026-01-01", "build": "aaaaaaaa", "load": 0.1, "seconds": 90.0, "stopped": False}
    return {"parts": {"table": {**part, "rows": rows}, **{name: {**part, **changed} for name, changed in parts.items()}}}


def what_trails_is_named():
    rows = [row("entente", "bfs", "pn200k", 1.0), row("igraph", "bfs", "pn200k", 30.0), row("networkit", "bfs", "pn200k", 0.5),
            row("entente", "core", "pn200k", 1.0), row("boost", "core", "pn200k", 3.0)]
    said = judgement.standing(rows)
    check("in 1 of 2 lines" in said and "breadth-first search on pn200k (networkit, 0.50 ×)" in said and "core" not in said.split("Trailing")[1], said)


def a_gate_is_of_its_peer():
    gates = {(gate["kernel"], gate["wanted"]): gate["holds"] for gate in judgement.judged(
        [row("entente", "bfs", "pn200k", 1.0), row("igraph", "bfs", "pn200k", 21.9), row("networkit", "bfs", "pn200k", 10.0)])}
    check(gates == {("bfs", "10 × networkit"): True, ("bfs", "22 × igraph"): False}, str(gates))


def a_gate_of_several_takes_the_best_of_them():
    rows = [row("entente", "max_flow", "sparse", 1.0), row("boost", "max_flow", "sparse", 5.0, "push_relabel"),
            row("boost", "max_flow", "sparse", 0.9, "boykov_kolmogorov"), row("lemon", "max_flow", "sparse", None, error="over 10 s"), row("igraph", "max_flow", "sparse", 0.1)]
    gate = judgement.judged(rows)
    check(len(gate) == 1 and gate[0]["holds"] is False and gate[0]["reached"] == "0.90 ×", str(gate))
    said = judgement.flow_networks(rows)
    check("0 of 1 flow networks" in said and "not on sparse (0.90 ×)" in said, said)


def a_graph_without_a_gate_is_named_apart():
    rows = [row("entente", "bfs", "grid1000", 1.0), row("igraph", "bfs", "grid1000", 5.0), row("entente", "bfs", "pn200k", 1.0), row("igraph", "bfs", "pn200k", 25.0)]
    gates, rest = judgement.gates_by_graph(rows).split("where no gate was set")
    check("pn200k: all 1 hold" in gates and "grid1000" not in gates and "grid1000: 0 of 1 hold" in rest, judgement.gates_by_graph(rows))


def who_did_not_end_gives_a_lower_bound():
    late = [row("entente", "leiden", "kron18", 1.0, quality=[0.1]), row("igraph", "leiden", "kron18", None, error="over 25 s")]
    check(judgement.judged(late)[0]["holds"] is True and "at least 25" in judgement.judged(late)[0]["reached"], "25 s beside 1 s is at least 25 times")
    late[0]["median"] = 6.0
    check(judgement.judged(late)[0]["holds"] is None, "25 s beside 6 s leaves a gate of 5 open")
    late[1]["error"] = "not asked: over 25 s on pn200k"
    late[0]["median"] = 1.0
    check(judgement.judged(late)[0]["holds"] is None, "what took long on another graph proves nothing on this one")
    broken = [row("entente", "leiden", "kron18", 1.0, quality=[0.1]), row("igraph", "leiden", "kron18", None, error="out of memory")]
    check(judgement.judged(broken)[0]["holds"] is None, "an error proves nothing")
    check("0 of 1 hold; open: leiden" in judgement.gates_by_graph(broken), judgement.gates_by_graph(broken))


def a_lower_modularity_misses_the_gate():
    rows = [row("entente", "leiden", "pn200k", 1.0, quality=[0.7000]), row("igraph", "leiden", "pn200k", 9.0, quality=[0.7006])]
    check(judgement.judged(rows)[0]["holds"] is False, "faster but worse by 0.0006")
    rows[0]["quality"] = [0.7002]
    check(judgement.judged(rows)[0]["holds"] is True, "worse by 0.0004 is allowed")


def a_limit_in_seconds_is_judged():
    check(judgement.judged([row("entente", "harmonic", "pn200k", 19.0)])[0]["holds"] is True, "19 s")
    check(judgement.judged([row("entente", "harmonic", "pn200k", 21.0)])[0]["holds"] is False, "21 s")


def no_answer_of_ours_is_no_silence():
    rows = [row("entente", "harmonic", "pn200k", None, error="over 25 s")]
    check("harmonic, exact on pn200k (ours: over 25 s)" in judgement.standing(rows), judgement.standing(rows))
    check([gate["holds"] for gate in judgement.judged(rows)] == [False], "a gate that we do not reach the end of is missed")


def two_threads_are_judged():
    rows = [{"kernel": "bfs_reused", "graph": "pn200k", "busy": False, "one": 1.0, "two": 0.6},
            {"kernel": "bfs_reused", "graph": "pn200k", "busy": True, "one": 1.0, "two": 1.2}]
    check("(busy, 0.83 ×)" in judgement.two_threads(rows) and "quiet" not in judgement.two_threads(rows), judgement.two_threads(rows))
    check(judgement.two_threads(rows[:1]).startswith("Nowhere"), judgement.two_threads(rows[:1]))


def a_part_of_another_build_says_so():
    growth = [row("entente", "bfs", f"partnership-{n}", n / 1e6) for n in (2000, 20000, 200000)]
    rows = [row("entente", "bfs", "pn200k", 1.0), row("igraph", "bfs", "pn200k", 30.0)]
    text = document.document(found_of(rows, growth={"build": "bbbbbbbb", "rows": growth, "date": "2025-12-31"}))
    check("Of build bbbbbbbb, not that of the tables above (aaaaaaaa)" in text and "Measured in several runs" in text, "another build is named")
    text = document.document(found_of(rows, growth={"rows": growth}))
    check("the same as above" in text and "Measured by `scripts/bench` on 2026-01-01" in text, "one run is one sentence")
    check("| 1.00 |" in text, "the exponent of a linear cost is 1")
    further = [{**one, "way": "another", "median": 5.0} for one in growth]
    check(document.document(found_of(rows, growth={"rows": growth + further})) == text, "further ways to do a kernel are not mixed into its growth")


def a_command_is_told_without_places():
    told = results.command_of(["--quick", "--ours", "/tmp/x", "--kernels", "bfs", "--work=/tmp/y"])
    check(told.endswith(" --quick --kernels bfs"), told)


def lines_measured_again_replace_theirs_and_no_others():
    part = lambda rows, **more: {"command": "run", "date": "2026-01-01", "build": "aaaaaaaa", "load": 0.5, "seconds": 60.0, "stopped": False, "rows": rows, **more}
    earlier = part([row("entente", "bfs", "pn200k", 1.0), row("igraph", "bfs", "pn200k", 30.0), row("entente", "core", "pn200k", 2.0)], stopped=True)
    now = part([row("entente", "bfs", "pn200k", 3.0)], command="run --graphs pn200k", build="bbbbbbbb", load=2.0)
    results.add_to(earlier, now)
    check([(one["program"], one["kernel"], one["median"]) for one in now["rows"]] == [("entente", "core", 2.0), ("entente", "bfs", 3.0)], now["rows"])
    check(now["command"] == "run` (stopped before its end), then `run --graphs pn200k", now["command"])
    check((now["build"], now["load"], now["seconds"]) == ("aaaaaaaa, bbbbbbbb", 2.0, 120.0), now)


def who_was_too_slow_is_not_asked_again():
    given_up = measure.GivenUp()
    of = lambda kernel, graph, way="": types.SimpleNamespace(program="lemon", kernel=kernel, way=way, threads=1, graph=graph, error="over 10 s")
    given_up.note(of("trace", "pn60k"))
    given_up.note(of("max_flow", "sparse", "push"))
    check(given_up.reason(of("trace", "pn200k")) == "not asked: over 10 s on pn60k", "the same kernel on a larger graph")
    check(given_up.reason(of("bfs", "pn200k")) is None, "another kernel")
    check(given_up.reason(of("max_flow_built", "sparse", "push")), "the same flow with the network built")
    check(given_up.reason(of("max_flow", "dense", "push")) is None and given_up.reason(of("max_flow", "sparse", "tree")) is None, "another network, another way")


def main():
    tests = [test for test in globals().values() if callable(test) and getattr(test, "__module__", "") == "__main__"
             and test.__code__.co_argcount == 0 and test is not main]
    for test in tests:
        try:
            test()
        except AssertionError as error:
            print(f"{test.__name__.replace('_', ' ')}: not so: {error}")
            return 1
    print(f"{len(tests)} laws hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
