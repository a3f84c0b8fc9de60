#include "io/bytes.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/text.hpp"

namespace entente {

namespace {

struct OpenFile {
  int descriptor = -1;
  ~OpenFile() {
    if (descriptor > STDIN_FILENO) ::close(descriptor);
  }
};

tl::unexpected<Error> cannot_read(const std::string& path) {
  return fail(ErrorCode::unreadable, std::string("the file cannot be read: ") + std::strerror(errno) + ".", path);
}

void append_utf8(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

Result<std::string> utf8_of_utf16(std::string_view bytes, bool big, const std::string& file) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big ? first << 8 | second : second << 8 | first);
  };
  const auto broken = [&](std::size_t at) {
    return fail(ErrorCode::bad_input, "the file is not valid UTF-16 at byte " + std::to_string(at + 1) +
                                          ". Save it as UTF-8.", file);
  };
  if (bytes.size() % 2 != 0) return broken(bytes.size() - 1);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t point = unit(i);
    if (point >= 0xDC00 && point <= 0xDFFF) return broken(i);
    if (point >= 0xD800 && point <= 0xDBFF) {
      if (i + 3 >= bytes.size()) return broken(i);
      const char32_t low = unit(i + 2);
      if (low < 0xDC00 || low > 0xDFFF) return broken(i);
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    if (point != 0xFEFF || i > 1) append_utf8(out, point);
  }
  return out;
}

std::string utf8_of_latin1(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

/// UTF-16 without a mark: in texts with Latin letters, digits or delimiters every second byte is zero.
std::string utf16_by_pattern(std::string_view bytes) {
  const std::size_t pairs = std::min<std::size_t>(bytes.size() / 2, 512);
  if (pairs < 2) return {};
  std::size_t zero_first = 0, zero_second = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    zero_first += bytes[2 * i] == 0;
    zero_second += bytes[2 * i + 1] == 0;
  }
  if (zero_second > pairs / 2 && zero_first == 0) return "utf-16le";
  if (zero_first > pairs / 2 && zero_second == 0) return "utf-16be";
  return {};
}

std::string plain_encoding_name(std::string_view encoding) {
  std::string plain;
  for (const char c : encoding) {
    if (c == '-' || c == '_' || c == ' ') continue;
    plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return plain;
}

}  // namespace

Result<Bytes> read_bytes_of(const std::string& path, const ReadLimits& limits) {
  OpenFile file{path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.descriptor < 0) return cannot_read(path);
  struct stat status {};
  if (::fstat(file.descriptor, &status) != 0) return cannot_read(path);
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return cannot_read(path);
  }
  const auto too_large = [&] {
    return fail(ErrorCode::bad_input, "the file has more than " + grouped(limits.file_bytes) + " bytes.", path);
  };

  const std::uint64_t stated = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (stated > limits.file_bytes) return too_large();
  // One byte more than stated, so that the end of an unchanged file is seen without growing.
  std::size_t capacity = std::max<std::size_t>(static_cast<std::size_t>(stated) + 1, 1 << 16), size = 0;
  auto data = std::make_unique_for_overwrite<char[]>(capacity);
  while (true) {
    if (size == capacity) {
      auto larger = std::make_unique_for_overwrite<char[]>(2 * capacity);
      std::memcpy(larger.get(), data.get(), size);
      data = std::move(larger);
      capacity *= 2;
    }
    const ssize_t got = ::read(file.descriptor, data.get() + size, std::min<std::size_t>(capacity - size, 1 << 30));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limits.file_bytes) return too_large();
  }
  return Bytes(std::move(data), size);
}

Result<std::string_view> DiskFolder::read(const std::string& path) const {
  if (const auto known = read_.find(path); known != read_.end()) return known->second.view();
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path root = fs::canonical(folder_, error);
  if (error) return fail(ErrorCode::unreadable, "the folder cannot be read: " + error.message() + ".", folder_);
  const fs::path target = fs::canonical(root / path, error);
  if (error) return fail(ErrorCode::unreadable, "the file cannot be read: " + error.message() + ".", path);
  if (const auto inside = target.lexically_relative(root); inside.empty() || *inside.begin() == "..") {
    return fail(ErrorCode::bad_input, "the file is a link that leads out of the package. Copy it into the folder.", path);
  }
  // A pipe would be waited for until somebody writes to it.
  if (const fs::file_type type = fs::status(target, error).type(); type == fs::file_type::fifo || type == fs::file_type::socket ||
                                                                  type == fs::file_type::character) {
    return fail(ErrorCode::unreadable, "the file is a pipe or a device. Copy what it holds into a file.", path);
  }
  auto bytes = read_bytes_of(target.string(), limits_);
  if (!bytes) {
    bytes.error().where = path;
    return tl::unexpected(bytes.error());
  }
  return read_.emplace(path, std::move(*bytes)).first->second.view();
}

bool DiskFolder::exists(const std::string& path) const {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(folder_) / path, error);
}

Result<std::string_view> MemoryFolder::read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return fail(ErrorCode::unreadable, "there is no such file.", path);
  return std::string_view(found->second);
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += hex[digest[i] >> 4];
    text += hex[digest[i] & 15];
  }
  return text;
}

Result<Utf8Text> Utf8Text::decode(std::string_view bytes, std::string_view encoding, const std::string& file) {
  Utf8Text text;
  std::string plain = plain_encoding_name(encoding);
  if (plain.empty()) {
    if (bytes.starts_with("\xFF\xFE")) {
      plain = "utf16le";
    } else if (bytes.starts_with("\xFE\xFF")) {
      plain = "utf16be";
    } else if (const auto guess = utf16_by_pattern(bytes); !guess.empty()) {
      plain = plain_encoding_name(guess);
    }
    if (!plain.empty()) text.guess_ = plain == "utf16le" ? "UTF-16LE" : "UTF-16BE";
  }
  if (plain == "utf16") plain = bytes.starts_with("\xFF\xFE") ? "utf16le" : "utf16be";

  if (plain.empty() || plain == "utf8" || plain == "utf8sig" || plain == "ascii" || plain == "usascii") {
    text.view_ = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  } else if (plain == "utf16le" || plain == "utf16be") {
    auto decoded = utf8_of_utf16(bytes, plain == "utf16be", file);
    if (!decoded) return tl::unexpected(decoded.error());
    text.owned_ = std::make_unique<std::string>(std::move(*decoded));
  } else if (plain == "latin1" || plain == "iso88591") {
    text.owned_ = std::make_unique<std::string>(utf8_of_latin1(bytes));
  } else {
    return fail(ErrorCode::bad_argument, "encoding \"" + shortened(encoding, 40) +
                                             "\" is not known. Known: utf-8, utf-16le, utf-16be, latin-1.", file);
  }
  return text;
}

std::string place_of_byte(const std::string& file, std::string_view text, std::size_t byte) {
  byte = std::min(byte, text.size());
  std::uint64_t line = 1, column = 1;
  for (std::size_t i = 0; i < byte; ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++column;
    }
  }
  return Place{file, line, column}.text();
}

Result<void> check_utf8(const std::string& file, std::string_view text) {
  if (const auto at = first_invalid_utf8(text); at != std::string_view::npos) {
    return fail(ErrorCode::bad_input, "here stands a byte that is not valid UTF-8. Save the file as UTF-8.",
                place_of_byte(file, text, at));
  }
  return {};
}

}  // namespace entente
