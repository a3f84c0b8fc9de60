#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/network_builder.hpp"

namespace entente {

/// How much of a file is believed before it is called hostile.
struct ReadLimits {
  std::uint64_t file_bytes = std::uint64_t{8} << 30;
  std::size_t cell_bytes = std::size_t{1} << 18;  // a longer cell is refused: a quote left open, or a document
  std::size_t columns = 4096;
  int depth = 64;  // of nested brackets, elements, subgraphs
  std::uint64_t kept_bytes = std::uint64_t{256} << 20;  // further files of a package that are kept as they are
};

struct ReadOptions {
  std::string format;    // a name in formats(); empty: by extension, and by content for standard input
  std::string encoding;  // utf-8, utf-16le, utf-16be, latin-1; empty: UTF-8, or UTF-16 where the bytes say so
  char delimiter = 0;    // of CSV; 0: as the first lines say
  BuilderOptions::Direction direction = BuilderOptions::Direction::by_kind;  // of ties whose row states none
  bool lenient = false;  // go on with the rows that are right when some are refused
  ReadLimits limits;
};

/// The files of a data package. Readers see bytes only through it, so that they can
/// be handed bytes that lie in no file at all.
class Files {
 public:
  virtual ~Files() = default;
  /// The bytes of a file, valid as long as this object. `path` is relative, with slashes.
  virtual Result<std::string_view> read(const std::string& path) const = 0;
  virtual bool exists(const std::string& path) const = 0;
};

/// What a reader is given: the bytes of one file, or the files of a package.
struct Input {
  std::string file;            // the short name that places are written with: "edges.csv"
  std::string_view bytes;      // of a single file
  const Files* files = nullptr;  // of a data package
  NetworkInfo info = {};         // what is known beforehand: a name, and the checksum of `bytes`
};

/// What an export could not carry, one sentence each.
struct WriteReport {
  std::vector<std::string> losses;
};

/// A file on its way out.
struct OutputFile {
  std::string path;  // relative to the folder; empty where the format is a single file
  std::string bytes;
};

struct Written {
  std::vector<OutputFile> files;
  WriteReport report;
};

/// A file format, as it appears in the one list of them.
struct Format {
  std::string_view name;                      // "graphml"
  std::vector<std::string_view> extensions;   // ".graphml", lower case
  std::string_view description;               // one line
  bool folder = false;                        // written as a folder
  Result<NetworkPtr> (*read)(const Input& input, const ReadOptions& options) = nullptr;
  Result<Written> (*write)(const Network& network) = nullptr;

  bool can_read() const { return read != nullptr; }
  bool can_write() const { return write != nullptr; }
};

}  // namespace entente
