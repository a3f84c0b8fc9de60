#!/usr/bin/env python3
"""Runs every `$ entente ...` of the README and holds the output shown against the output given.

readme.py SOURCE_DIR PROGRAM

A line "..." in the README stands for any number of lines. Only standard output is compared.
"""
import pathlib
import re
import shlex
import subprocess
import sys

BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)


def calls(text):
    for block in BLOCK.findall(text):
        command, shown = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line.rstrip())
        if command:
            yield command, shown


def matches(shown, given):
    """Whether `given` is `shown`, where "..." in `shown` stands for any lines."""
    pattern = "".join("(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in given)) is not None


def main():
    source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    faults, count = [], 0
    for command, shown in calls((source / "README.md").read_text(encoding="utf-8")):
        words = shlex.split(command)
        if words[0] != "entente":
            continue
        count += 1
        run = subprocess.run([program, *words[1:]], capture_output=True, text=True, cwd=source, timeout=120)
        while shown and not shown[-1]:
            shown.pop()
        if run.returncode != 0:
            faults.append(f"{command}\n  ended with {run.returncode}: {run.stderr}")
        elif not matches(shown, run.stdout.rstrip("\n").split("\n")):
            faults.append(f"{command}\n  README shows:\n" + "\n".join(shown) + "\n  it printed:\n" + run.stdout)
    if count < 3:
        faults.append(f"only {count} calls of entente were found in README.md")
    print("\n".join(faults) or f"{count} calls print what README.md shows")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
