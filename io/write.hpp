#pragma once

#include <string>

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "io/format.hpp"

namespace entente {

/// The format that write_network() takes, so that nothing need be computed for a name that it would refuse.
/// Errors: bad_argument.
Result<const Format*> format_to_write(const std::string& path, const std::string& format = {});

/// Writes a network whole or not at all. `format` is a name in formats(); empty: by the extension of
/// `path`, a data package where there is none. "-" writes a single-file format to standard output.
/// A data package replaces the files it consists of and touches no other file of an existing folder.
/// Errors: bad_argument (unknown format), unwritable (no permission, disk full, a file in the way, a data package in
/// the folder with files that the new one does not have).
Result<WriteReport> write_network(const Network& network, const std::string& path, const std::string& format = {});

}  // namespace entente
