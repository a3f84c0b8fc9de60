#pragma once

// Heavy to compile: only for the few files that take JSON apart.
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "io/format.hpp"

namespace entente {

using Json = nlohmann::ordered_json;

/// Small JSON texts, such as the descriptor of a package.
/// Errors: bad_input with file:line:column; also for brackets nested deeper than the limit.
Result<Json> parse_json(std::string_view text, const std::string& file, const ReadLimits& limits);

/// One sentence out of the library's message for text that is not JSON.
tl::unexpected<Error> not_json(std::string_view text, const std::string& file, std::size_t byte, std::string_view message);

/// Errors: bad_input where brackets are nested deeper than `depth`. Looks at brackets outside strings only.
Result<void> check_json_depth(std::string_view text, const std::string& file, int depth);

}  // namespace entente
