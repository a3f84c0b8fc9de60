#!/usr/bin/env python3
"""Checks that every [key2001word] cited in a header or card stands in docs/references.bib.

references.py SOURCE_DIR
"""
import pathlib
import re
import sys

KEY = r"[a-z]+[0-9]{4}[a-z0-9]*"
CITED = re.compile(rf"\[({KEY}(?:, {KEY})*)\]|\.source\(\"([^\"]+)\"\)")
ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.M)
ROOMS = ("engine", "algorithms", "io", "viz", "query", "report", "cli", "tests")


def main():
    source = pathlib.Path(sys.argv[1])
    keys = ENTRY.findall((source / "docs" / "references.bib").read_text(encoding="utf-8"))
    faults = [f"docs/references.bib: {key} stands there twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    cited = set()
    for room in ROOMS:
        for path in sorted((source / room).rglob("*.[ch]pp")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for key in (k for m in CITED.finditer(line) for k in (m.group(1) or m.group(2)).split(", ")):
                    cited.add(key)
                    if key not in keys:
                        faults.append(f"{path.relative_to(source)}:{number}: {key} is not in docs/references.bib")
    faults += [f"docs/references.bib: nobody cites {key}" for key in keys if key not in cited]
    if not cited:
        faults.append("no citation was found at all")
    print("\n".join(faults) or f"{len(cited)} keys cited, all in docs/references.bib")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
