#!/usr/bin/env python3
"""Two types of one name in one namespace are one type to the linker, and the program goes wrong without a word.

one_definition.py SOURCE_DIR

Names each struct, class and enumeration that two files of the rooms define outside unnamed namespaces.
"""
import collections
import pathlib
import re
import sys

ROOMS = ("engine", "algorithms", "io", "viz", "query", "report", "cli")
TOKEN = re.compile(r"namespace\s+([\w:]*)\s*\{|\b(?:struct|class|enum class)\s+(\w+)(?!\w*::)[^;{}()<>=]*\{|\{|\}")


def types(text):
    """The qualified names of the types that a source defines where the linker sees them."""
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    around = []  # namespaces and blocks; "" is an unnamed namespace, None any other block
    for token in TOKEN.finditer(text):
        word = token.group(0)
        if word == "}":
            if around:
                around.pop()
        elif word.startswith("namespace"):
            around.append(token.group(1))
        else:
            if token.group(2) and all(around):
                yield "::".join([*around, token.group(2)])
            around.append(None)


def main():
    source = pathlib.Path(sys.argv[1])
    where = collections.defaultdict(set)
    for room in ROOMS:
        for file in sorted((source / room).rglob("*.[hc]pp")):
            for name in types(file.read_text(encoding="utf-8")):
                where[name].add(str(file.relative_to(source)))
    faults = [f"{name} is defined in {' and '.join(sorted(files))}" for name, files in sorted(where.items()) if len(files) > 1]
    print("\n".join(faults) or f"{len(where)} types, each defined in one file")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
