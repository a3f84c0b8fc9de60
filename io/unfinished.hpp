#pragma once

#include <csignal>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace entente {

// Files and folders on their way to their own name. Each is known from before it exists until it has that name, so
// that a program about to end can take it away; what a killed program left is known by its name and swept by the next.

/// As long as it lives, signals wait for this thread.
class WithoutInterruption {
 public:
  WithoutInterruption();
  ~WithoutInterruption();
  WithoutInterruption(const WithoutInterruption&) = delete;
  WithoutInterruption& operator=(const WithoutInterruption&) = delete;

 private:
  sigset_t before_;
};

/// A name beside `target` that no other writer uses: .NAME.PLACE-PROCESS-SERIAL.partial, where PLACE stands for this
/// machine and its table of processes.
std::string temporary_beside(const std::string& target);

/// Makes the file, for writing. -1 with errno where it cannot be.
int open_unfinished(const std::string& temporary);

/// Gives the file its name. 0, or the error number; then it is still unfinished.
int finish(const std::string& temporary, const std::string& target);

/// Takes the file away.
void abandon(const std::string& temporary);

/// A folder that is being filled, gone with this object unless it was finished.
class UnfinishedFolder {
 public:
  explicit UnfinishedFolder(std::string temporary) : temporary_(std::move(temporary)) {}
  ~UnfinishedFolder();
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  /// A folder inside and those above it; the folder itself for an empty path. 0, or the error number.
  int make(const std::filesystem::path& inside);
  /// A new file inside, for writing. -1 with errno.
  int open(const std::filesystem::path& inside);
  /// Gives the folder its name. 0, or the error number.
  int finish(const std::string& target);

 private:
  std::string temporary_;
  std::vector<std::string> made_;  // in the order of making
};

/// Takes away what killed programs left in a folder: names of temporary_beside() whose place is this and whose process
/// is no more.
void sweep_leftovers(const std::filesystem::path& folder);

/// Takes away everything unfinished. Makes only calls that a signal handler may make, for a program that ends right
/// after; to be called on the thread that writes.
void abandon_all() noexcept;

}  // namespace entente
