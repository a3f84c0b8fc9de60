#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The words by which columns of loose edge lists are known; for the other files of edge lists only.

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

extern const std::vector<std::string_view> source_words;  // source, from, src, …
extern const std::vector<std::string_view> target_words;
extern const std::vector<std::string_view> date_words;    // date, day, year, 날짜, …: one date for a tie

/// "  (From) " -> "from": as column names are compared.
std::string plain_column_name(std::string_view name);

/// The first column that bears one of the words, earlier words first; no_column where none does.
std::size_t column_called(std::span<const std::string> names, std::span<const std::string_view> words);

/// Do the names have a column for each end?
bool names_both_ends(std::span<const std::string> names);

/// Is every word of the cell one that heads columns ("FromNodeId", "country_1", "금액")?
bool is_heading(std::string_view cell);

/// NA, null, -, an empty cell and their like: says nothing of its column.
bool is_missing_word(std::string_view cell);

}  // namespace entente
