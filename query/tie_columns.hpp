#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/selection.hpp"

namespace entente {

/// The further column of ties that a user means by this name, or null. `amount` is also what the data called so without a
/// currency, which the network keeps as "amount (2)".
const Attribute* tie_column(const Network& network, std::string_view name);

/// True where some cell holds a finite number and no cell holds anything else. O(distinct cells).
bool holds_numbers(const Attribute& column);

/// The columns of ties that hold numbers, in the order of the input.
std::vector<std::string> number_columns(const Network& network);

/// none, count or amount.
bool is_weight_word(std::string_view word);

/// What ties are to be weighed by: a column, or one of the words none, count and amount.
struct WeightMeant {
  std::string name;
  bool is_column = false;
};

/// Reads what a user asks ties to be weighed by: `none`, `count` or `amount`, the name of a column, `column:NAME`, which
/// is always a column, or `word:count`, which never is. A bare word that is the name of a column of numbers too is
/// refused; only `amount` is not as long as no tie states money, for then both are the same.
/// O(m) where a column is called as one of the words, else O(1).
/// Errors: bad_argument (both are meant, no such column, no such word), with where = "option weight".
Result<WeightMeant> weight_meant(const Network& network, const std::string& asked);

/// What tie_weights() needs for a column that is called as one of its words: the network with a copy of it under the
/// name "column:NAME". O(n + m).
Result<NetworkPtr> with_column_under_its_full_name(const Network& network, const std::string& column);

/// The plain numbers of a column as capacities of flows: exact decimals to the places of the finest cell, in the currency
/// XXX, which in ISO 4217 is none. An empty cell states no capacity; a selected tie of capacity 0 carries nothing. With
/// `smallest_coin` at least two decimals, for what divides them. O(m).
/// Errors: bad_argument (no such column; a cell that is no plain number from 0 up with at most 9 decimals), overflow.
Result<TieMoney> capacities_of(const Topology& topology, const std::string& column, bool smallest_coin = false);

/// True for the currency of capacities_of().
bool is_no_currency(Currency currency);

/// What to do about ties none of which states money, where their columns of numbers could be meant: a sentence that
/// names them, or nothing. O(m).
std::string instead_of_money(const Network& network);

}  // namespace entente
