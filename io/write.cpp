#include "io/write.hpp"

#include <filesystem>

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

}  // namespace

Result<WriteReport> write_network(const Network& network, const std::string& path, const std::string& format_name) {
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
  auto written = format->write(network);
  if (!written) return tl::unexpected(written.error());
  const auto done = format->folder ? write_folder(path, written->files) : write_file(path, written->files.at(0).bytes);
  if (!done) return tl::unexpected(done.error());
  return std::move(written->report);
}

}  // namespace entente
