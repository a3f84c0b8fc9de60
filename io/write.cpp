#include "io/write.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "io/atomic_file.hpp"
#include "io/formats.hpp"

namespace entente {

namespace {

std::string names_of_file_formats() {
  std::string list;
  for (const Format& format : formats()) {
    if (format.can_write() && !format.folder) list += (list.empty() ? "" : ", ") + std::string(format.name);
  }
  return list;
}

/// The files that the package in this folder names, if there is one, as far as they are there.
std::vector<std::string> files_of_package(const std::filesystem::path& folder) {
  std::ifstream file(folder / "datapackage.json", std::ios::binary);
  const auto descriptor = nlohmann::json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  std::vector<std::string> paths;
  if (!descriptor.is_object() || !descriptor.contains("resources") || !descriptor["resources"].is_array()) return paths;
  for (const auto& resource : descriptor["resources"]) {
    if (!resource.is_object() || !resource.contains("path") || !resource["path"].is_string()) continue;
    const auto path = resource["path"].get<std::string>();
    std::error_code ignored;
    if (std::filesystem::is_regular_file(folder / path, ignored)) paths.push_back(path);
  }
  return paths;
}

/// A package is not written over another one whose tables would stay beside it: half of each is neither.
Result<void> leaves_nothing_behind(const std::string& folder, const std::vector<OutputFile>& files) {
  std::string left;
  for (const std::string& path : files_of_package(folder)) {
    if (std::ranges::find(files, path, &OutputFile::path) == files.end()) left += (left.empty() ? "" : ", ") + path;
  }
  if (left.empty()) return {};
  return fail(ErrorCode::unwritable, "the folder holds another data package, of which this would stay: " + left +
                                         ". Name another folder, or take that package away.", folder);
}

}  // namespace

Result<const Format*> format_to_write(const std::string& path, const std::string& format_name) {
  const Format* format = nullptr;
  if (!format_name.empty()) {
    const auto found = find_format(format_name);
    if (!found) return tl::unexpected(found.error());
    format = *found;
  } else if (path == "-") {
    return fail(ErrorCode::bad_argument, "standard output has no extension that tells the format. Name one with "
                                         "--output-format: " + names_of_file_formats() + ".", path);
  } else {
    format = format_of_path(path);
    if (!format) {
      const auto extension = std::filesystem::path(path).extension().string();
      if (!extension.empty() && !std::filesystem::is_directory(path)) {
        return fail(ErrorCode::bad_argument, "no format is known by the extension " + extension +
                                                 ". Name one with --output-format: " + names_of_file_formats() +
                                                 "; or name a folder for a data package.", path);
      }
      format = *find_format("datapackage");
    }
  }
  if (!format->can_write()) {
    return fail(ErrorCode::bad_argument, "format " + std::string(format->name) + " can be read, not written.", path);
  }
  return format;
}

Result<WriteReport> write_network(const Network& network, const std::string& path, const std::string& format_name) {
  const auto found = format_to_write(path, format_name);
  if (!found) return tl::unexpected(found.error());
  const Format& format = **found;
  auto written = format.write(network);
  if (!written) return tl::unexpected(written.error());
  if (format.folder) {
    if (auto whole = leaves_nothing_behind(path, written->files); !whole) return tl::unexpected(whole.error());
  }
  const auto done = format.folder ? write_folder(path, written->files) : write_file(path, written->files.at(0).bytes);
  if (!done) return tl::unexpected(done.error());
  return std::move(written->report);
}

}  // namespace entente
