#pragma once

#include <string_view>

namespace entente {

/// Kinds are data: dotted words from general to special, such as `funding.grant`.
/// True where `kind` is `ancestor` or lies below it: funding.grant is a funding.
constexpr bool is_kind(std::string_view kind, std::string_view ancestor) {
  return kind.starts_with(ancestor) && (kind.size() == ancestor.size() || kind[ancestor.size()] == '.');
}

/// The first word: `funding` of `funding.grant`.
constexpr std::string_view top_kind(std::string_view kind) { return kind.substr(0, kind.find('.')); }

/// Money moves from one body to another, so a tie of this kind has a direction unless its row
/// says otherwise. All other kinds are mutual unless their row says otherwise.
constexpr bool is_directed_by_nature(std::string_view kind) { return is_kind(kind, "funding"); }

}  // namespace entente
