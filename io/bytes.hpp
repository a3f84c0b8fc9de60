#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "io/format.hpp"

namespace entente {

/// The bytes of a whole file, in memory of their own: a mapped file that somebody shortens while it
/// is read would end the program.
class Bytes {
 public:
  Bytes() = default;
  Bytes(std::unique_ptr<char[]> data, std::size_t size) : data_(std::move(data)), size_(size) {}
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
};

/// A file, a pipe, or standard input ("-"). Errors: unreadable; bad_input beyond the limit.
Result<Bytes> read_bytes_of(const std::string& path, const ReadLimits& limits);

/// The files of a folder on the disk, each read once. Symbolic links that lead out of the folder are refused.
class DiskFolder : public Files {
 public:
  DiskFolder(std::string folder, ReadLimits limits) : folder_(std::move(folder)), limits_(limits) {}
  Result<std::string_view> read(const std::string& path) const override;
  bool exists(const std::string& path) const override;

 private:
  std::string folder_;
  ReadLimits limits_;
  mutable std::map<std::string, Bytes> read_;
};

/// Files that lie in memory, for tests and fuzzing.
class MemoryFolder : public Files {
 public:
  explicit MemoryFolder(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  Result<std::string_view> read(const std::string& path) const override;
  bool exists(const std::string& path) const override { return files_.contains(path); }

 private:
  std::map<std::string, std::string> files_;
};

/// SHA-256 as 64 hex digits. [nist2015secure]
std::string sha256(std::string_view bytes);

/// A text as UTF-8 without a byte-order mark: a view of the bytes where they are that already.
class Utf8Text {
 public:
  /// `encoding` as in ReadOptions, in any case, "utf8" and "latin1" spellings too. Where it is empty: a
  /// byte-order mark decides, or else zero bytes at every second place. Bytes that are not valid
  /// UTF-8 pass: whoever reads them can name the place.
  /// Errors: bad_argument (unknown encoding), bad_input (broken UTF-16).
  static Result<Utf8Text> decode(std::string_view bytes, std::string_view encoding, const std::string& file);

  std::string_view view() const { return owned_ ? std::string_view(*owned_) : view_; }
  /// What was found where nothing was asked for: "UTF-16LE", or empty for plain UTF-8.
  const std::string& guess() const { return guess_; }

 private:
  std::string_view view_;
  std::unique_ptr<std::string> owned_;
  std::string guess_;
};

/// "file:line:column" of a byte: lines by LF, CR LF or CR; columns in code points; both from 1.
std::string place_of_byte(const std::string& file, std::string_view text, std::size_t byte);

/// Errors: bad_input at the first byte that is not valid UTF-8.
Result<void> check_utf8(const std::string& file, std::string_view text);

}  // namespace entente
