#include "io/read.hpp"

#include <filesystem>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/formats.hpp"

namespace entente {

namespace {

std::string known_formats() {
  std::string list;
  for (const Format& format : formats()) {
    if (format.can_read()) list += (list.empty() ? "" : ", ") + std::string(format.name);
  }
  return list;
}

/// The format of bytes without a name: by their first letter.
std::string_view sniffed_format(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "csv";
  bytes.remove_prefix(first);
  if (bytes[0] == '<') return "graphml";
  if (bytes[0] == '{' || bytes[0] == '[') return "json";
  for (const std::string_view word : {"digraph", "graph", "strict", "/*", "//"}) {
    if (bytes.size() < word.size()) continue;
    std::string begin(bytes.substr(0, word.size()));
    for (char& c : begin) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    const char after = bytes.size() > word.size() ? bytes[word.size()] : ' ';
    if (begin == word && (word[0] == '/' || after == ' ' || after == '{' || after == '\n' || after == '\r' || after == '\t')) return "dot";
  }
  return "csv";
}

/// Turns what a reader made into the outcome: strict where nobody asked otherwise.
ReadOutcome judged(Result<NetworkPtr> network, const ReadOptions& options) {
  ReadOutcome outcome;
  if (!network) {
    outcome.error = std::move(network.error());
    outcome.error->what = one_line(outcome.error->what);  // it may quote the file
    outcome.error->where = one_line(outcome.error->where);
    return outcome;
  }
  outcome.network = std::move(*network);
  outcome.ledger = outcome.network->ledger();
  const std::size_t refused = outcome.ledger.refused();
  if (refused > 0 && !options.lenient) {
    const Remark& first = outcome.ledger.refusals.front();
    std::string what = first.text;
    if (refused > 1) {
      if (what.ends_with('.')) what.pop_back();
      what += "; and " + counted(refused - 1, "more row is wrong.", "more rows are wrong.");
    }
    outcome.error = Error{ErrorCode::bad_input, std::move(what), first.place.text()};
  }
  return outcome;
}

ReadOutcome failed_outcome(Error error) {
  ReadOutcome outcome;
  outcome.error = std::move(error);
  return outcome;
}

std::string file_name_of(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  return name.empty() ? path : name;
}

/// What is known of a network before its bytes are understood.
NetworkInfo info_before(std::string name, std::string checksum) {
  NetworkInfo info;
  info.name = std::move(name);
  info.checksum = std::move(checksum);
  return info;
}

ReadOutcome read_package(const std::string& folder, const ReadOptions& options) {
  DiskFolder files(folder, options.limits);
  std::error_code error;
  const auto absolute = std::filesystem::absolute(folder, error).lexically_normal();
  const std::string name = absolute.filename().empty() ? absolute.parent_path().filename().string() : absolute.filename().string();
  const auto* format = *find_format("datapackage");
  auto outcome = judged(format->read(Input{{}, {}, &files, info_before(name, {})}, options), options);
  if (outcome.error && outcome.error->where.empty()) outcome.error->where = folder;
  return outcome;
}

}  // namespace

ReadOutcome try_read_bytes(const std::string& file, std::string_view bytes, const ReadOptions& options) {
  const Format* format = nullptr;
  if (!options.format.empty()) {
    const auto found = find_format(options.format);
    if (!found) return failed_outcome(found.error());
    format = *found;
  } else {
    format = format_of_path(file);
    if (!format && file == "-") format = *find_format(sniffed_format(bytes));
  }
  if (!format || !format->can_read()) {
    return failed_outcome({ErrorCode::bad_argument,
                           "the format of this file is not known by its name. Name it with --input-format: " + known_formats() + ".",
                           file});
  }
  if (format->folder) {
    return failed_outcome({ErrorCode::bad_argument, "a data package is a folder, not a single file.", file});
  }
  const std::string shown = file == "-" ? "standard input" : file;
  const std::string stem = std::filesystem::path(file).stem().string();
  const Input input{shown, bytes, nullptr, info_before(file == "-" ? "standard input" : stem, sha256(bytes))};
  return judged(format->read(input, options), options);
}

ReadOutcome try_read_network(const std::string& path, const ReadOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (path != "-") {
    const fs::file_status status = fs::status(path, error);
    if (error && !fs::exists(status)) {
      return failed_outcome({ErrorCode::unreadable, "there is no such file or folder.", path});
    }
    if (fs::is_directory(status)) return read_package(path, options);
    if (file_name_of(path) == "datapackage.json" || options.format == "datapackage") {
      const auto parent = fs::path(path).parent_path();
      return read_package(parent.empty() ? "." : parent.string(), options);
    }
  }
  const auto bytes = read_bytes_of(path, options.limits);
  if (!bytes) return failed_outcome(bytes.error());
  return try_read_bytes(path == "-" ? path : file_name_of(path), bytes->view(), options);
}

Result<NetworkPtr> read_network(const std::string& path, const ReadOptions& options) {
  auto outcome = try_read_network(path, options);
  if (outcome.error) return tl::unexpected(std::move(*outcome.error));
  return std::move(outcome.network);
}

}  // namespace entente
