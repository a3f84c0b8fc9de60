#include "io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include "io/unfinished.hpp"

namespace entente {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const std::string& path, int error) {
  return fail(ErrorCode::unwritable, std::string("the file cannot be written: ") + std::strerror(error) + ".", path);
}

/// All bytes, or the error number.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// The same, flushed to the disk. A flush cannot be interrupted, so a large file is flushed piece by piece:
/// whoever stops the program waits for one piece, not for all.
int write_and_flush(int descriptor, std::string_view bytes) {
  constexpr std::size_t piece = std::size_t{8} << 20;
  do {
    const std::string_view next = bytes.substr(0, piece);
    bytes.remove_prefix(next.size());
    if (const int error = write_all(descriptor, next); error != 0) return error;
    if (::fsync(descriptor) != 0 && errno != EINVAL) return errno;
  } while (!bytes.empty());
  return 0;
}

/// The names that folders hold are on the disk only when the folder is flushed too. File systems
/// that cannot do it say EINVAL, which is no failure.
void flush_folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Where the bytes are to go in the end: the path, or, for a link, the file it leads to.
std::string through_links(const std::string& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  const fs::path target = fs::weakly_canonical(path, error);
  return error ? path : target.string();
}

/// Writes and flushes a new temporary file beside `target`, with the permissions of the file that it will replace.
Result<std::string> write_beside(const std::string& target, std::string_view bytes, const std::string& path) {
  const std::string temporary = temporary_beside(target);
  const int descriptor = open_unfinished(temporary);
  if (descriptor < 0) return cannot_write(path, errno);
  int error = 0;
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) {
    // Only the owner may set an owner; failing to is no reason not to write.
    if (::fchown(descriptor, status.st_uid, status.st_gid) != 0) errno = 0;
    if (::fchmod(descriptor, status.st_mode & 07777) != 0) error = errno;
  }
  if (error == 0) error = write_and_flush(descriptor, bytes);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error != 0) {
    abandon(temporary);
    return cannot_write(path, error);
  }
  return temporary;
}

/// A pipe, a terminal or a device: there is nothing to rename.
Result<void> write_directly(const std::string& path, std::string_view bytes) {
  const int descriptor = path == "-" ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  int error = write_all(descriptor, bytes);
  if (path != "-" && ::close(descriptor) != 0 && error == 0) error = errno;
  if (error == EPIPE) return {};  // the reader has seen enough, as with head
  if (error != 0) return cannot_write(path == "-" ? "standard output" : path, error);
  return {};
}

/// Files on their way into a folder; what is not committed is taken away again.
class PendingFiles {
 public:
  ~PendingFiles() {
    for (const auto& [temporary, target] : files_) abandon(temporary);
  }
  void add(std::string temporary, std::string target) { files_.emplace_back(std::move(temporary), std::move(target)); }
  Result<void> commit() {
    const WithoutInterruption whole;  // all of them are new, or none
    while (!files_.empty()) {
      const auto& [temporary, target] = files_.back();
      if (const int error = finish(temporary, target); error != 0) return cannot_write(target, error);
      files_.pop_back();
    }
    return {};
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Into a folder of a temporary name, which gets its own by one rename.
Result<void> write_new_folder(const std::string& path, const std::vector<OutputFile>& files) {
  UnfinishedFolder folder(temporary_beside(path));
  if (const int error = folder.make({}); error != 0) return cannot_write(path, error);
  for (const OutputFile& file : files) {
    const std::string shown = (fs::path(path) / file.path).string();
    if (const int error = folder.make(fs::path(file.path).parent_path()); error != 0) return cannot_write(shown, error);
    const int descriptor = folder.open(file.path);
    if (descriptor < 0) return cannot_write(shown, errno);
    int error = write_and_flush(descriptor, file.bytes);
    if (::close(descriptor) != 0 && error == 0) error = errno;
    if (error != 0) return cannot_write(shown, error);
  }
  if (const int error = folder.finish(path); error != 0) return cannot_write(path, error);
  flush_folder_of(path);
  return {};
}

}  // namespace

Result<void> write_file(const std::string& path, std::string_view bytes) {
  if (path.empty()) return fail(ErrorCode::unwritable, "the name of the file to write is empty.");
  if (path == "-") return write_directly(path, bytes);
  const std::string target = through_links(path);
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return cannot_write(path, EISDIR);
    if (!S_ISREG(status.st_mode)) return write_directly(path, bytes);
    // A file that may not be written is not to be replaced by way of its folder.
    if (::access(target.c_str(), W_OK) != 0) return cannot_write(path, errno);
  }
  sweep_leftovers(fs::path(target).parent_path());
  const auto temporary = write_beside(target, bytes, path);
  if (!temporary) return tl::unexpected(temporary.error());
  if (const int error = finish(*temporary, target); error != 0) {
    abandon(*temporary);
    return cannot_write(path, error);
  }
  flush_folder_of(target);
  return {};
}

Result<void> write_folder(const std::string& path, const std::vector<OutputFile>& files) {
  std::string folder = path;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  if (folder.empty() || folder == "-") {
    return fail(ErrorCode::unwritable, "a folder cannot be written to standard output. Name a folder.", path);
  }
  struct stat status {};
  sweep_leftovers(fs::path(folder).parent_path());
  if (::stat(folder.c_str(), &status) != 0) return write_new_folder(folder, files);
  if (!S_ISDIR(status.st_mode)) {
    return fail(ErrorCode::unwritable, "a file of this name is in the way of the folder.", path);
  }

  PendingFiles pending;
  std::set<fs::path> swept;
  for (const OutputFile& file : files) {
    const fs::path wanted = fs::path(folder) / file.path;
    std::error_code error;
    fs::create_directories(wanted.parent_path(), error);
    if (error) return cannot_write(wanted.string(), error.value());
    const std::string target = through_links(wanted.string());
    if (::stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
      return cannot_write(wanted.string(), S_ISDIR(status.st_mode) ? EISDIR : EEXIST);
    }
    if (const fs::path parent = fs::path(target).parent_path(); swept.insert(parent).second) sweep_leftovers(parent);
    auto temporary = write_beside(target, file.bytes, wanted.string());
    if (!temporary) return tl::unexpected(temporary.error());
    pending.add(std::move(*temporary), target);
  }
  if (auto done = pending.commit(); !done) return done;
  if (!files.empty()) flush_folder_of((fs::path(folder) / files[0].path).string());
  return {};
}

}  // namespace entente
