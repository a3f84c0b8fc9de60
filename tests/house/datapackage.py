#!/usr/bin/env python3
"""Validates data packages against the Data Package standard, version 2.0 (datapackage.org).

datapackage.py FOLDER [ARTICLES]

For every package below FOLDER: the descriptor (required and well-typed properties of package, resource,
dialect, schema and field), the files (there, UTF-8, one header as the schema says), every cell (type,
constraints), primary keys and foreign keys; and for our own use of it: each quote of evidence is not empty, and
stands letter by letter in the article it names, where the folder ARTICLES holds the articles.
"""
import csv
import json
import pathlib
import re
import sys

NAME = re.compile(r"^[-a-z0-9._/]+$")
FIELD_TYPES = {"string", "number", "integer", "boolean", "object", "array", "list", "date", "time", "datetime", "year",
               "yearmonth", "duration", "geopoint", "geojson", "any"}
CELL = {
    "integer": re.compile(r"^[+-]?\d+$"),
    "number": re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^(NaN|-?INF)$"),
    "boolean": re.compile(r"^(true|True|TRUE|1|false|False|FALSE|0)$"),
    "year": re.compile(r"^-?\d{4,}$"),
    "date": re.compile(r"^\d{4}-\d{2}-\d{2}$"),
}


class Package:
    def __init__(self, folder):
        self.folder, self.faults, self.rows, self.cells = folder, [], {}, 0
        self.descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    def fault(self, place, sentence):
        self.faults.append(f"{self.folder.name}/{place}: {sentence}")

    def check_descriptor(self):
        d = self.descriptor
        if "$schema" in d and not isinstance(d["$schema"], str):
            self.fault("datapackage.json", "$schema is no string")
        if not isinstance(d.get("resources"), list) or not d["resources"]:
            self.fault("datapackage.json", "resources must be a list of at least one")
            return []
        for key in ("name", "title", "description", "homepage", "version", "created", "id"):
            if key in d and not isinstance(d[key], str):
                self.fault("datapackage.json", f"{key} is no string")
        if "name" in d and not NAME.match(d["name"]):
            self.fault("datapackage.json", f"name {d['name']} has letters the standard does not allow")
        for licence in d.get("licenses", []):
            if not ("name" in licence or "path" in licence):
                self.fault("datapackage.json", "a licence needs a name or a path")
        for key in ("sources", "contributors"):
            for entry in d.get(key, []):
                if not isinstance(entry, dict) or not entry:
                    self.fault("datapackage.json", f"an entry of {key} is no object")
        names = [r.get("name") for r in d["resources"]]
        if len(set(names)) != len(names) or None in names:
            self.fault("datapackage.json", "every resource needs a name of its own")
        return d["resources"]

    def check_schema(self, resource):
        schema = resource.get("schema", {})
        fields = schema.get("fields", [])
        place = f"datapackage.json, resource {resource['name']}"
        if not fields:
            self.fault(place, "the schema has no fields")
        names = [f.get("name") for f in fields]
        if len(set(names)) != len(names):
            self.fault(place, "two fields have one name")
        for field in fields:
            if field.get("type", "any") not in FIELD_TYPES:
                self.fault(place, f"field {field.get('name')} has the unknown type {field['type']}")
        key = schema.get("primaryKey", [])
        for name in [key] if isinstance(key, str) else key:
            if name not in names:
                self.fault(place, f"the primary key {name} is no field")
        for foreign in schema.get("foreignKeys", []):
            for name in foreign["fields"]:
                if name not in names:
                    self.fault(place, f"the foreign key {name} is no field")
        return fields

    def read(self, resource, fields):
        if ("path" in resource) == ("data" in resource):
            self.fault("datapackage.json", f"resource {resource['name']} needs either path or data")
            return
        path = resource["path"]
        if path.startswith("/") or ".." in path.split("/"):
            self.fault("datapackage.json", f"the path {path} leaves the package")
            return
        with open(self.folder / path, encoding=resource.get("encoding", "utf-8"), newline="") as file:
            table = list(csv.reader(file, strict=True))
        expected = [f["name"] for f in fields]
        if not table or table[0] != expected:
            self.fault(path, f"the header is {table[0] if table else 'missing'}, the schema says {expected}")
            return
        missing = resource["schema"].get("missingValues", [""])
        rows = []
        for number, cells in enumerate(table[1:], 2):
            if len(cells) != len(expected):
                self.fault(f"{path}, row {number}", f"{len(cells)} cells, {len(expected)} expected")
                continue
            row = {name: (None if cell in missing else cell) for name, cell in zip(expected, cells)}
            for field in fields:
                self.check_cell(f"{path}, row {number}, {field['name']}", field, row[field["name"]])
            rows.append(row)
        self.rows[resource["name"]] = rows

    def check_cell(self, place, field, value):
        self.cells += 1
        constraints = field.get("constraints", {})
        if value is None:
            if constraints.get("required"):
                self.fault(place, "a required value is missing")
            return
        pattern = CELL.get(field.get("type"))
        if pattern and not pattern.match(value):
            self.fault(place, f"{value} is no {field['type']}")
        if "enum" in constraints and value not in [str(v) for v in constraints["enum"]]:
            self.fault(place, f"{value} is none of {constraints['enum']}")
        if "pattern" in constraints and not re.fullmatch(constraints["pattern"], value):
            self.fault(place, f"{value} does not match {constraints['pattern']}")
        for key, wrong in (("minimum", lambda v, b: v < b), ("maximum", lambda v, b: v > b)):
            if key in constraints and field.get("type") in ("integer", "number") and wrong(float(value), float(constraints[key])):
                self.fault(place, f"{value} lies beyond the {key} {constraints[key]}")

    def check_keys(self, resource):
        schema, rows = resource["schema"], self.rows.get(resource["name"], [])
        as_list = lambda value: [value] if isinstance(value, str) else value
        keys = [as_list(schema["primaryKey"])] if schema.get("primaryKey") else []
        keys += [[f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")]
        for key in keys:
            seen = set()
            for row in rows:
                value = tuple(row[k] for k in key)
                if value in seen:
                    self.fault(resource["path"], f"{key} {value} occurs twice")
                seen.add(value)
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"].get("resource") or resource["name"]
            known = {tuple(r[k] for k in as_list(foreign["reference"]["fields"])) for r in self.rows.get(target, [])}
            for row in rows:
                value = tuple(row[k] for k in as_list(foreign["fields"]))
                if None not in value and value not in known:
                    self.fault(resource["path"], f"{value} is not in {target}")

    def check_quotes(self, articles):
        files = {s["id"]: s.get("file") for s in self.rows.get("sources", [])}
        checked = 0
        for name in ("evidence", "node_evidence", "notes"):
            for row in self.rows.get(name, []):
                quote, file = row.get("quote"), files.get(row.get("source"))
                if name != "notes" and not quote:
                    self.fault(name, f"a row of {row.get('source')} has no quote")
                if quote and file and articles and (articles / file).is_file():
                    checked += 1
                    if quote not in (articles / file).read_text(encoding="utf-8"):
                        self.fault(name, f"not in {file}: {quote}")
        return checked

    def check(self, articles):
        resources = self.check_descriptor()
        for resource in resources:
            fields = self.check_schema(resource)
            self.read(resource, fields)
        for resource in resources:
            self.check_keys(resource)
        return self.check_quotes(articles)


def main():
    folder = pathlib.Path(sys.argv[1])
    articles = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    packages = [Package(p.parent) for p in sorted(folder.glob("*/datapackage.json"))]
    faults, quotes = [], 0
    for package in packages:
        quotes += package.check(articles)
        faults += package.faults
    if len(packages) < 5:
        faults.append(f"only {len(packages)} packages were found below {folder}")
    if articles and articles.is_dir() and quotes == 0:
        faults.append("no quote was compared with its article")
    print("\n".join(faults) or f"{len(packages)} packages are valid, {sum(p.cells for p in packages)} cells checked; "
          + (f"{quotes} quotes stand in their articles" if quotes else "quotes not compared: the articles are not here"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
