#pragma once

#include <span>
#include <string_view>

#include "io/format.hpp"

namespace entente {

/// Every format that Entente reads or writes, in the order in which help shows them.
std::span<const Format> formats();

/// Errors: bad_argument, naming the known formats.
Result<const Format*> find_format(std::string_view name);

/// The format whose extension ends this path, or null.
const Format* format_of_path(std::string_view path);

}  // namespace entente
