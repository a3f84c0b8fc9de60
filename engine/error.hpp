#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace entente {

/// Why something could not be done. The command line maps each to an exit status.
enum class ErrorCode {
  bad_argument,   // the call is wrong: an option out of range, a column that does not exist
  bad_input,      // the data is wrong: an unreadable number, an id that nobody declared
  not_found,      // no node bears this name
  ambiguous,      // several nodes bear this name
  unit_mismatch,  // euros meet won, or amounts meet counts
  overflow,       // a sum leaves 64 bits
  unreadable,     // a file cannot be opened or read
  unwritable,     // a file cannot be written, or the disk is full
  resource,       // memory, time or a helper program gave out
  interrupted,    // the user stopped it
};

/// The code's name as written in JSON: "bad_input".
std::string_view to_string(ErrorCode code);

/// One sentence for a person: what was found and what to do, and the place where it was found.
struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string what;   // one sentence, in the reader's words
  std::string where;  // "edges.csv:17:55", "option damping", or empty

  /// "edges.csv:17:55: amount ..." or just the sentence where there is no place.
  std::string sentence() const { return where.empty() ? what : where + ": " + what; }
};

/// A value, or the reason why there is none. The library throws nothing of its own across rooms,
/// prints nothing and never exits.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where)});
}

}  // namespace entente
