#include "io/json_input.hpp"

#include "engine/text.hpp"
#include "io/bytes.hpp"

namespace entente {

namespace {

/// Where this number begins outside all strings; 0 where it is not found.
std::size_t byte_of_number(std::string_view text, std::string_view number) {
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && text.substr(i).starts_with(number)) {
      return i;
    }
  }
  return 0;
}

/// The library says only "[json.exception…] number overflow parsing '1e999'".
tl::unexpected<Error> number_too_large(std::string_view text, const std::string& file, std::string_view message) {
  const auto open = message.find('\''), close = message.rfind('\'');
  const std::string_view number = open < close ? message.substr(open + 1, close - open - 1) : std::string_view();
  return fail(ErrorCode::bad_input, "the number " + shortened(number, 40) + " is too large to be read. Write it as text, in quotes.",
              place_of_byte(file, text, byte_of_number(text, number)));
}

}  // namespace

tl::unexpected<Error> not_json(std::string_view text, const std::string& file, std::size_t byte,
                               std::string_view message) {
  if (message.find("number overflow") != std::string_view::npos) return number_too_large(text, file, message);
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
    return not_json(text, file, 0, error.what());
  }
}

}  // namespace entente
