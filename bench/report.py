"""The tables of what was measured."""
import math
import re
import statistics

import judgement
from figures import groups, label, ratio, ratio_text, seconds, spread
from kernels import KERNELS
from programs import OURS
from results import rows_of


def quality_text(row):
    if not row["quality"]:
        return ""
    name = KERNELS[row["kernel"]].quality_name
    median = statistics.median(row["quality"])
    return f"{median:.4f}" if name == "modularity" else f"{median:.1e}"


def answers_text(kernel, ours, peers):
    """Whether the answers agree; where there is no one answer, how good each is."""
    said = [row for row in peers if row["agrees"] is not None]
    if not said or kernel.quality_name == "modularity":
        judged = [f"{row['program']} {quality_text(row)}" for row in [ours, *peers] if row["quality"]]
        return f"{kernel.quality_name} {', '.join(judged)}" if judged else ""
    differing = [label(row) for row in said if not row["agrees"]]
    return f"differ: {', '.join(differing)}" if differing else f"{len(said)} of {len(said)} agree"


def summary(rows):
    """One line a kernel and graph: ours, the best peer, and every peer's ratio."""
    lines = ["| kernel | graph | threads | Entente | best peer | peer / ours | all peers / ours | answers |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for (graph, kernel, threads), ours, members in groups(rows):
        peers = sorted((row for row in members if row["program"] != OURS and row["median"]), key=lambda row: row["median"])
        if ours is None:
            continue
        best = peers[0] if peers else None
        behind = best is not None and best["median"] < ours["median"]
        answers = answers_text(KERNELS[kernel], ours, peers)
        lines.append(f"| {KERNELS[kernel].title} | {graph} | {threads} | {seconds(ours['median'])} | "
                     f"{label(best) + ' ' + seconds(best['median']) if best else '–'} | "
                     f"{'**trails** ' if behind else ''}{ratio_text(ratio(best, ours)) if best else '–'} | "
                     f"{', '.join(label(row) + ' ' + ratio_text(ratio(row, ours)) for row in peers)} | {answers} |")
    return "\n".join(lines)


def details(rows):
    """Every program's figures."""
    lines = ["| kernel | graph | threads | program | median | least – most | runs | peak memory | / ours | quality | agrees |",
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
    for (graph, kernel, threads), ours, members in groups(rows):
        for row in members:
            agrees = row["error"].replace("|", "/") if row["error"] else {True: "yes", False: "**no**", None: ""}[row["agrees"]]
            peak = f"{row['peak_mb']:.0f} MB" if row["peak_mb"] else ""
            cells = [kernel, graph, threads, label(row), seconds(row["median"]), spread(row), len(row["wall"]), peak,
                     "" if row is ours else ratio_text(ratio(row, ours)), quality_text(row), agrees]
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)


def growth(rows):
    """Ours at three sizes, with the exponent of time over nodes and edges fitted through them."""
    by_kernel = {}
    for row in rows:
        if row["median"] and not row["way"]:
            by_kernel.setdefault(row["kernel"], []).append(row)
    lines = ["| kernel | sizes (nodes; 10 edges each) | times | exponent | peak memory at the largest |", "| --- | --- | --- | --- | --- |"]
    for kernel in sorted(by_kernel, key=list(KERNELS).index):
        members = by_kernel[kernel]
        members.sort(key=lambda row: int(row["graph"].split("-")[1]))
        x = [math.log(int(row["graph"].split("-")[1])) for row in members]
        y = [math.log(row["median"]) for row in members]
        if len(x) < 2:
            continue
        middle_x, middle_y = statistics.mean(x), statistics.mean(y)
        slope = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y)) / sum((a - middle_x) ** 2 for a in x)
        lines.append(f"| {KERNELS[kernel].title} | {', '.join(format(int(row['graph'].split('-')[1]), ',') for row in members)} | "
                     f"{', '.join(seconds(row['median']) for row in members)} | {slope:.2f} | {members[-1]['peak_mb'] or 0:.0f} MB |")
    return "\n".join(lines)


def busy(rows):
    lines = ["| kernel | graph | quiet: 1 thread | 2 threads | gain | busy: 1 thread | 2 threads | gain |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    pairs = {}
    for row in rows:
        pairs.setdefault((row["kernel"], row["graph"]), {})[row["busy"]] = row
    for (kernel, graph), both in pairs.items():
        if len(both) < 2:
            continue
        cells = []
        for row in (both[False], both[True]):
            gain = row["one"] / row["two"]
            cells += [seconds(row["one"]), seconds(row["two"]), f"{'**slower** ' if gain < 0.95 else ''}{gain:.2f} ×"]
        lines.append(f"| {KERNELS[kernel].title} | {graph} | {' | '.join(cells)} |")
    return "\n".join(lines)


def loading(printed):
    """The lines of bench_load as a table."""
    lines = ["| step | seconds | peak memory so far |", "| --- | --- | --- |"]
    for line in printed:
        found = re.match(r"(.*?)\s+([\d.]+) s\s+peak\s+(\d+ MB)", line)
        if found:
            lines.append("| " + " | ".join(found.groups()) + " |")
    return "\n".join(lines)


def notes(rows):
    """What to know about the kernels that were measured."""
    measured = {row["kernel"] for row in rows}
    return "\n".join(f"- `{name}`: {kernel.note}." for name, kernel in KERNELS.items() if kernel.note and name in measured)


def tables(found):
    """What is printed when a run ends."""
    parts = []
    rows = rows_of(found, "table")
    if rows:
        parts += [summary(rows), judgement.gates(rows)]
    for name, table in (("growth", growth), ("busy", busy), ("load", loading)):
        if rows_of(found, name):
            parts.append(table(rows_of(found, name)))
    return "\n\n".join(parts)
