"""What a run found, part by part, each with the command, the day and the build that it is of."""
import hashlib
import json
import os
import pathlib
from datetime import date

from graphs import in_order
from kernels import KERNELS

# Where things lie says nothing about what was measured.
PLACES = ("--ours", "--entente", "--peers", "--work", "--json", "--out", "--load")


def command_of(words):
    """The command as typed, without the places."""
    kept, words = [], list(words)
    while words:
        word = words.pop(0)
        if word.partition("=")[0] not in PLACES:
            kept.append(word)
        elif "=" not in word and words:
            words.pop(0)
    return " ".join([os.environ.get("ENTENTE_BENCH_COMMAND", "bench/run.py"), *kept])


def build_of(program):
    """A name for this build of bench_kernels: the beginning of its SHA-256."""
    try:
        return hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()[:8]
    except OSError:
        return ""


def begin(earlier=None):
    """Nothing yet, or the parts of an earlier run."""
    if earlier and pathlib.Path(earlier).exists():
        return {"parts": json.loads(pathlib.Path(earlier).read_text(encoding="utf-8")).get("parts", {})}
    return {"parts": {}}


def begin_part(found, name, words, ours):
    part = {"command": command_of(words), "date": date.today().isoformat(), "build": build_of(ours), "load": os.getloadavg()[0],
            "seconds": 0.0, "stopped": False, "rows": []}
    found["parts"][name] = part
    return part


def add_to(earlier, part):
    """The part with those lines of an earlier measurement of it that were not measured again, and both commands."""
    again = {(row["kernel"], row["graph"], row["threads"]) for row in part["rows"]}
    part["rows"] = [row for row in earlier["rows"] if (row["kernel"], row["graph"], row["threads"]) not in again] + part["rows"]
    part["command"] = f"{earlier['command']}`{' (stopped before its end)' if earlier['stopped'] else ''}, then `{part['command']}"
    part["build"] = ", ".join(dict.fromkeys(earlier["build"].split(", ") + [part["build"]]))
    part["load"], part["seconds"] = max(earlier["load"], part["load"]), earlier["seconds"] + part["seconds"]


def write(found, path):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")


def rows_of(found, name):
    """The rows of a part; those of the table kernel by kernel, graphs from small to large."""
    rows = found["parts"].get(name, {"rows": []})["rows"]
    if name != "table":
        return rows
    order = {graph: place for place, graph in enumerate(in_order({row["graph"]: None for row in rows}))}
    return sorted(rows, key=lambda row: (list(KERNELS).index(row["kernel"]), row["threads"], order[row["graph"]]))
