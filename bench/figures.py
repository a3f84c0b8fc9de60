"""Rows and figures as text."""
from itertools import groupby

from programs import OURS


def seconds(value):
    if value is None:
        return "–"
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if value * scale >= 1 or unit == "µs":
            number = value * scale
            return f"{number:.3g} {unit}" if number < 1000 else f"{number:.0f} {unit}"
    return ""


def times(row):
    return row["cpu"] if row["threads"] == 1 else row["wall"]


def spread(row):
    return f"{seconds(min(times(row)))} – {seconds(max(times(row)))}" if times(row) else ""


def label(row):
    return row["program"] + (f" ({row['way'].replace('_', ' ')})" if row["way"] else "")


def ratio(row, ours):
    return row["median"] / ours["median"] if row["median"] and ours and ours["median"] else None


def ratio_text(value):
    return "–" if value is None else f"{value:.2f} ×" if value < 10 else f"{value:.0f} ×"


def groups(rows):
    """Rows that belong together: (graph, kernel, threads) -> rows, ours first where we have it."""
    key = lambda row: (row["graph"], row["kernel"], row["threads"])
    for name, members in groupby(rows, key):
        members = list(members)
        ours = next((row for row in members if row["program"] == OURS and row["median"]), None)
        yield name, ours, members
