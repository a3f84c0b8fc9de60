#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "io/format.hpp"

namespace entente {

/// Writes a file whole or not at all: into a temporary sibling, flushed to the disk, then renamed
/// over the target. An existing file keeps its permissions, and a symbolic link stays a link: its
/// target is replaced. Devices and pipes (/dev/stdout) are written directly. "-" is standard output.
/// A pipe whose reader has gone is no error (the caller is to ignore SIGPIPE).
/// Errors: unwritable, where = path; then nothing is left behind.
Result<void> write_file(const std::string& path, std::string_view bytes);

/// Writes the files of a folder, made where it is missing (its parents must exist): all are written to temporary
/// siblings first and renamed only when every one is safe on the disk. A new folder appears by a
/// single rename. Other files of an existing folder are left alone. Paths are relative with slashes;
/// folders inside are made. Errors: unwritable; then the folder is as it was (a failure among the
/// renames themselves can leave some files new and some old, each of them whole).
Result<void> write_folder(const std::string& path, const std::vector<OutputFile>& files);

}  // namespace entente
