"""How we stand: what is ahead, what trails, and which gates of kernels.py hold."""
import re
import statistics

from figures import groups, label, ratio, ratio_text, seconds
from flow_instances import INSTANCES
from kernels import GATES, KERNELS, LIMITS, gated
from programs import OURS

SLOWER = 0.95  # two threads at less than this share of the speed of one are called slower; below it is noise


def _line(kernel, graph, threads):
    return f"{KERNELS[kernel].title} on {graph}" + (f" with {threads} threads" if threads > 1 else "")


def _failed(ours, members):
    """Why we gave no answer, or None."""
    return None if ours else next((row["error"] for row in members if row["program"] == OURS), None)


def standing(rows):
    """How many lines are ahead, and by name those that trail."""
    ahead, behind = 0, []
    for (graph, kernel, threads), ours, members in groups(rows):
        if failed := _failed(ours, members):
            behind.append(f"{_line(kernel, graph, threads)} (ours: {failed})")
        peers = [row for row in members if row["program"] != OURS and row["median"]]
        if not ours or not peers:
            continue
        best = min(peers, key=lambda row: row["median"])
        if best["median"] >= ours["median"]:
            ahead += 1
        else:
            behind.append(f"{_line(kernel, graph, threads)} ({label(best)}, {ratio_text(ratio(best, ours))})")
    if ahead + len(behind) == 0:
        return "No line has both ours and a peer."
    text = f"Ahead of every peer in {ahead} of {ahead + len(behind)} lines."
    return text + (" Trailing in: " + "; ".join(behind) + "." if behind else "")


def _reached(rivals, ours):
    """The ratio to the best of the rivals and who that is; where none came to an end, the least that it can be."""
    done = [row for row in rivals if row["median"]]
    if done:
        best = min(done, key=lambda row: row["median"])
        return ratio(best, ours), best, False
    late = [(float(found.group(1)), row) for row in rivals if (found := re.match(r"over (\d+) s", row["error"] or ""))]
    if not late:
        return None, rivals[0], False
    limit, row = max(late, key=lambda pair: pair[0])
    return limit / ours["median"], row, True


def judged(rows):
    """A dictionary for each gate of each graph: kernel, graph, text of what is wanted and reached, and holds: yes, no or None."""
    found = []
    for (graph, kernel, threads), ours, members in groups(rows):
        failed = _failed(ours, members)
        if failed and (kernel in GATES or (kernel, graph) in LIMITS):
            found.append({"kernel": kernel, "graph": graph, "wanted": "an answer", "holds": False, "remark": f"ours: {failed}", "reached": "none"})
        if threads != 1 or not ours:
            continue
        for peers, wanted in GATES.get(kernel, {}).items():
            rivals = [row for row in members if row["program"] != OURS and (peers == "all" or row["program"] in peers.split("+"))]
            if not rivals:
                continue
            reached, rival, at_least = _reached(rivals, ours)
            holds = None if reached is None or at_least and reached < wanted else reached >= wanted
            remark = ""
            if rival["median"] and KERNELS[kernel].quality_name == "modularity":
                lead = statistics.median(ours["quality"]) - statistics.median(rival["quality"])
                holds, remark = holds and lead >= -0.0005, f"modularity {lead:+.4f}"
            elif not rival["median"]:
                remark = rival["error"]
            found.append({"kernel": kernel, "graph": graph, "wanted": f"{wanted} × {label(rival)}", "holds": holds, "remark": remark,
                          "reached": "–" if reached is None else ("at least " if at_least else "") + ratio_text(reached)})
        limit = LIMITS.get((kernel, graph))
        if limit:
            found.append({"kernel": kernel, "graph": graph, "wanted": f"under {limit} s", "holds": ours["median"] < limit, "remark": "",
                          "reached": seconds(ours["median"])})
    return found


def gates(rows):
    """How far ahead we are of where we mean to be, a line each."""
    lines = ["| gate | graph | wanted | reached | |", "| --- | --- | --- | --- | --- |"]
    for gate in judged(rows):
        verdict = {True: "holds", False: "**missed**", None: "open"}[gate["holds"]]
        lines.append(f"| {gate['kernel']} | {gate['graph']} | {gate['wanted']} | {gate['reached']} | {', '.join(filter(None, (verdict, gate['remark'])))} |")
    return "\n".join(lines)


def gates_by_graph(rows):
    """One line for each graph: how many gates hold, and which do not; after them, the graphs for which none was set."""
    by_graph = {True: {}, False: {}}
    for gate in judged(rows):
        by_graph[gated(gate["kernel"], gate["graph"])].setdefault(gate["graph"], []).append(gate)
    text = "\n".join(_line_of_gates(graph, members) for graph, members in by_graph[True].items())
    if by_graph[False]:
        text += "\n\nThe same ratios where no gate was set:\n\n" + "\n".join(_line_of_gates(graph, members) for graph, members in by_graph[False].items())
    return text.strip()


def _line_of_gates(graph, members):
    said = []
    for holds, word in ((False, "missed"), (None, "open")):
        named = [f"{gate['kernel']} ({gate['reached']}, wanted {gate['wanted']}{', ' + gate['remark'] if gate['remark'] else ''})"
                 for gate in members if gate["holds"] is holds]
        said += [f"{word}: {', '.join(named)}"] if named else []
    holding = sum(gate["holds"] is True for gate in members)
    return f"- {graph}: {'all ' if holding == len(members) else f'{holding} of '}{len(members)} hold{'; ' + '; '.join(said) if said else ''}."


def flow_networks(rows):
    """How maximum flow stands on the instances of the literature, a sentence for each way to ask."""
    sentences = []
    for kernel in ("max_flow", "max_flow_built"):
        gates_of = [gate for gate in judged([row for row in rows if row["kernel"] == kernel]) if gate["graph"] in INSTANCES]
        if gates_of:
            behind = [f"{gate['graph']} ({gate['reached']})" for gate in gates_of if not gate["holds"]]
            sentences.append(f"{KERNELS[kernel].title}: ahead of the best of LEMON and both of Boost.Graph on {len(gates_of) - len(behind)} of "
                             f"{len(gates_of)} flow networks" + (f", not on {', '.join(behind)}" if behind else "") + ".")
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)


def two_threads(rows):
    """Whether two threads were slower than one, quiet or busy."""
    slower = [f"{KERNELS[row['kernel']].title} on {row['graph']} ({'busy' if row['busy'] else 'quiet'}, {row['one'] / row['two']:.2f} ×)"
              for row in rows if row["one"] / row["two"] < SLOWER]
    share = f"by more than {(1 - SLOWER) * 100:.0f} %"
    return f"Two threads were slower than one {share} in: {'; '.join(slower)}." if slower else f"Nowhere were two threads slower than one {share}."
