#pragma once

#include <cstddef>
#include <string_view>

namespace entente {

/// The fewest letters to insert, delete or change that lead from `a` to `b` (UTF-8). Bit-parallel for
/// a shorter text of up to 64 letters, O(longer) [myers1999fast, hyyro2003bitvector]; by the table of
/// [wagner1974string], O(|a| |b|), beyond.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// 1 - edit_distance / letters of the longer: 1 for equal texts, 0 for texts with nothing in common.
double similarity(std::string_view a, std::string_view b);

}  // namespace entente
