#include "io/json_input.hpp"

#include "engine/text.hpp"
#include "io/bytes.hpp"

namespace entente {

tl::unexpected<Error> not_json(std::string_view text, const std::string& file, std::size_t byte,
                               std::string_view message) {
  // The library says "[json.exception…] parse error at line 1, column 2: syntax error while parsing value - what".
  if (const auto reason = message.find(" - "); reason != std::string_view::npos) {
    message.remove_prefix(reason + 3);
  } else if (const auto colon = message.find(": "); colon != std::string_view::npos) {
    message.remove_prefix(colon + 2);
  }
  return fail(ErrorCode::bad_input, "the text is not valid JSON: " + shortened(message, 160) + ".",
              place_of_byte(file, text, byte > 0 ? byte - 1 : 0));
}

Result<void> check_json_depth(std::string_view text, const std::string& file, int depth) {
  int open = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++open > depth) {
        return fail(ErrorCode::bad_input, "brackets are nested deeper than " + std::to_string(depth) + " here.",
                    place_of_byte(file, text, i));
      }
    } else if (c == ']' || c == '}') {
      --open;
    }
  }
  return {};
}

Result<Json> parse_json(std::string_view text, const std::string& file, const ReadLimits& limits) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fail(ErrorCode::bad_input, "the file is empty.", file);
  }
  if (const auto depth = check_json_depth(text, file, limits.depth); !depth) return tl::unexpected(depth.error());
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const Json::parse_error& error) {
    return not_json(text, file, error.byte, error.what());
  } catch (const Json::exception& error) {
    return fail(ErrorCode::bad_input, "the text is not valid JSON: " + shortened(error.what(), 160) + ".", file);
  }
}

}  // namespace entente
