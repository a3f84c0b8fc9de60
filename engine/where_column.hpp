#pragma once

#include <cstdint>
#include <string>

#include "engine/error.hpp"
#include "engine/network.hpp"
#include "engine/where_value.hpp"

namespace entente {

/// A column as a condition names it: of ties, of their ends, or of nodes.
struct WhereColumn {
  enum class Of { tie, source, target, node } of = Of::tie;
  enum class Field { id, kind, status, start, end, amount, currency, agreement, directed, name, country, further };
  Field field = Field::id;
  const Attribute* attribute = nullptr;  // of a further column
  WhereType type = WhereType::text;
  std::string shown;                     // as written: "source.country"

  /// Errors: bad_argument, with the columns there are.
  static Result<WhereColumn> find(const Network& network, Of of, std::string_view name, std::string shown);

  WhereValue value(const Network& network, std::uint32_t row) const;
  bool is_empty(const Network& network, std::uint32_t row) const;

  /// The distinct texts of a coded column, or null; and the code of a row.
  const Dictionary* dictionary(const Network& network) const;
  Dictionary::Code code(const Network& network, std::uint32_t row) const;

 private:
  bool of_ties() const { return of == Of::tie; }
  /// The node that a column of nodes speaks of.
  NodeId node(const Network& network, std::uint32_t row) const {
    return of == Of::source   ? network.source(EdgeId{row})
           : of == Of::target ? network.target(EdgeId{row})
                              : NodeId{row};
  }
};

}  // namespace entente
