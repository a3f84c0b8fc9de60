#include "engine/error.hpp"

namespace entente {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_argument: return "bad_argument";
    case ErrorCode::bad_input: return "bad_input";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::ambiguous: return "ambiguous";
    case ErrorCode::unit_mismatch: return "unit_mismatch";
    case ErrorCode::overflow: return "overflow";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::unwritable: return "unwritable";
    case ErrorCode::resource: return "resource";
    case ErrorCode::interrupted: return "interrupted";
  }
  return "unknown";
}

}  // namespace entente
