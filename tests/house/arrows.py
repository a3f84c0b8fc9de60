#!/usr/bin/env python3
"""Reads every #include of ours and holds it against the arrows of the house.

arrows.py SOURCE_DIR

Prints each include that points the wrong way, and fails. Also fails for a room that has no README.
"""
import pathlib
import re
import sys

# room -> rooms whose headers it may include besides its own
ARROWS = {
    "engine": set(),
    "algorithms": {"engine"},
    "io": {"engine"},
    "viz": {"engine"},
    "query": {"engine", "algorithms"},
    "report": {"engine", "algorithms", "io", "viz", "query"},
    "cli": {"engine", "algorithms", "io", "viz", "query", "report"},
    "bench": {"engine", "algorithms", "io", "viz", "query", "report"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def wrong_arrows(source):
    for room, allowed in ARROWS.items():
        for path in sorted((source / room).rglob("*.[ch]pp")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                target = match.group(1).split("/")[0]
                place = f"{path.relative_to(source)}:{number}"
                if "/" not in match.group(1) or target not in ARROWS:
                    yield f"{place}: include \"{match.group(1)}\" by its room, as in \"engine/money.hpp\""
                elif target != room and target not in allowed:
                    yield f"{place}: {room} may not include {target}"


def main():
    source = pathlib.Path(sys.argv[1])
    faults = list(wrong_arrows(source))
    faults += [f"{room}/ has no README.md" for room in ARROWS if not (source / room / "README.md").is_file()]
    read = sum(1 for room in ARROWS for _ in (source / room).rglob("*.[ch]pp"))
    if read < 20:
        faults.append(f"only {read} sources were found below {source}")
    print("\n".join(faults) or f"{read} sources: all arrows point down")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
