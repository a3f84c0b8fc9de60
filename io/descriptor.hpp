#pragma once

#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "io/delimited.hpp"
#include "io/format.hpp"
#include "io/schema.hpp"

namespace entente {

/// A resource of a data package, as far as we look at it.
struct Resource {
  std::string name;
  std::string path;      // relative, inside the package; empty where the data stands in the descriptor
  std::string encoding;  // as stated; empty: UTF-8
  bool tabular = false;  // delimited text by its extension or its stated format
  Dialect dialect;
  TableSchema schema;
  std::string trouble;   // why it cannot be read as a table (several parts, a header of several rows); or empty
};

/// What a datapackage.json says.
struct Descriptor {
  NetworkInfo info;  // name, title, description, licence, hidden kinds; metadata = the whole text
  std::vector<Resource> resources;
};

/// Reads the descriptor of a package, version 1 (profile) or 2 ($schema). Schemas and dialects may
/// stand in files of their own beside it.
/// Errors: bad_input: not JSON, no resources, a path that leads out of the package or to the network.
Result<Descriptor> parse_descriptor(std::string_view text, const std::string& file, const Files& files,
                                    const ReadLimits& limits);

/// One of our tables, ready to be written.
struct WrittenTable {
  std::string name;   // "edges"
  std::string path;   // "edges.csv", or where the package that was read had it
  std::string bytes;
  std::vector<Field> fields;
};

/// The columns of a table in the order of the schema that was read; empty where none was stated.
std::vector<std::string> stated_columns(const NetworkInfo& info, const std::string& table);

/// The columns of a table that keys of the package name, be they filled or not: primary, unique and foreign keys of its
/// own, and what foreign keys of other tables point to.
std::vector<std::string> key_columns(const NetworkInfo& info, const std::string& table);

/// Where the package that was read keeps this table: "edges.csv" for a network from elsewhere.
std::string table_path(const NetworkInfo& info, const std::string& table);

/// True where the package that was read has this table, be it without rows.
bool describes_table(const NetworkInfo& info, const std::string& table);

/// The descriptor of a network as JSON text: the one that was read (NetworkInfo::metadata), with its
/// own properties untouched and these tables brought up to date, or else a new one.
std::string descriptor_text(const NetworkInfo& info, const std::vector<WrittenTable>& tables);

/// True for a relative path that stays where it is: no "..", no leading slash, no scheme, no backslash.
bool is_inside(const std::string& path);

}  // namespace entente
