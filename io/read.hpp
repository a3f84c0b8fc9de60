#pragma once

#include <optional>
#include <string>

#include "engine/error.hpp"
#include "engine/ledger.hpp"
#include "engine/network.hpp"
#include "io/format.hpp"

namespace entente {

/// Everything that came of reading: `network` where the bytes could be understood at all (its
/// refused rows left out), the account of every row, and why the network should not be used as it
/// is: the file as a whole is unreadable, or rows were refused and nobody asked to be lenient.
struct ReadOutcome {
  NetworkPtr network;
  Ledger ledger;
  std::optional<Error> error;
};

/// Reads a network and keeps the whole account, for `validate` and for tests.
///
/// `path` is a data package folder, its datapackage.json, one file in a known format, or "-" for
/// standard input. The checksum in NetworkInfo is the SHA-256 of the file, or, for a package, of the
/// sorted lines "SHA-256 of the file, two blanks, its path" of all the files read.
/// Cost: one pass over the bytes; the file is mapped, not copied, unless its encoding must change.
ReadOutcome try_read_network(const std::string& path, const ReadOptions& options = {});

/// The network, or the first thing that is wrong with it and how many more.
/// Errors: unreadable (no such file, no permission), bad_input (with file:line:column),
/// bad_argument (unknown format or encoding).
Result<NetworkPtr> read_network(const std::string& path, const ReadOptions& options = {});

/// The same for bytes in memory. `file` is the name used in places and, by its extension, for the format.
ReadOutcome try_read_bytes(const std::string& file, std::string_view bytes, const ReadOptions& options = {});

}  // namespace entente
