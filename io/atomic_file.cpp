#include "io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

namespace entente {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const std::string& path, int error) {
  return fail(ErrorCode::unwritable, std::string("the file cannot be written: ") + std::strerror(error) + ".", path);
}

/// A name beside `target` that no other writer uses.
std::string temporary_beside(const std::string& target) {
  static std::atomic<unsigned> serial{0};
  const fs::path path(target);
  return (path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "." +
                                std::to_string(serial++) + ".partial"))
      .string();
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
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return cannot_write(path, errno);
  int error = write_all(descriptor, bytes);
  struct stat status {};
  if (error == 0 && ::stat(target.c_str(), &status) == 0) {
    // Only the owner may set an owner; failing to is no reason not to write.
    if (::fchown(descriptor, status.st_uid, status.st_gid) != 0) errno = 0;
    if (::fchmod(descriptor, status.st_mode & 07777) != 0) error = errno;
  }
  if (error == 0 && ::fsync(descriptor) != 0 && errno != EINVAL) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
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
    for (const auto& [temporary, target] : files_) ::unlink(temporary.c_str());
  }
  void add(std::string temporary, std::string target) { files_.emplace_back(std::move(temporary), std::move(target)); }
  Result<void> commit() {
    while (!files_.empty()) {
      const auto& [temporary, target] = files_.back();
      if (::rename(temporary.c_str(), target.c_str()) != 0) return cannot_write(target, errno);
      files_.pop_back();
    }
    return {};
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

Result<void> write_new_folder(const std::string& path, const std::vector<OutputFile>& files) {
  const std::string temporary = temporary_beside(path);
  std::error_code error;
  if (!fs::create_directory(temporary, error)) return cannot_write(path, error ? error.value() : EEXIST);
  const auto undo = [&](tl::unexpected<Error> reason) -> Result<void> {
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    return reason;
  };
  for (const OutputFile& file : files) {
    const fs::path target = fs::path(temporary) / file.path;
    fs::create_directories(target.parent_path(), error);
    if (error) return undo(cannot_write((fs::path(path) / file.path).string(), error.value()));
    if (auto done = write_file(target.string(), file.bytes); !done) {
      return undo(fail(ErrorCode::unwritable, done.error().what, (fs::path(path) / file.path).string()));
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return undo(cannot_write(path, errno));
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
  const auto temporary = write_beside(target, bytes, path);
  if (!temporary) return tl::unexpected(temporary.error());
  if (::rename(temporary->c_str(), target.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary->c_str());
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
  if (::stat(folder.c_str(), &status) != 0) return write_new_folder(folder, files);
  if (!S_ISDIR(status.st_mode)) {
    return fail(ErrorCode::unwritable, "a file of this name is in the way of the folder.", path);
  }

  PendingFiles pending;
  for (const OutputFile& file : files) {
    const fs::path wanted = fs::path(folder) / file.path;
    std::error_code error;
    fs::create_directories(wanted.parent_path(), error);
    if (error) return cannot_write(wanted.string(), error.value());
    const std::string target = through_links(wanted.string());
    if (::stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
      return cannot_write(wanted.string(), S_ISDIR(status.st_mode) ? EISDIR : EEXIST);
    }
    auto temporary = write_beside(target, file.bytes, wanted.string());
    if (!temporary) return tl::unexpected(temporary.error());
    pending.add(std::move(*temporary), target);
  }
  if (auto done = pending.commit(); !done) return done;
  if (!files.empty()) flush_folder_of((fs::path(folder) / files[0].path).string());
  return {};
}

}  // namespace entente
