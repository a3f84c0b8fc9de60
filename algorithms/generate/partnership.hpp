#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "algorithms/generate/models.hpp"

namespace entente {

/// A synthetic partnership network: what the real ones look like, at any size.
///
/// Bodies belong to planted communities (consortia) whose sizes follow a power law with exponent 1.7, from 12 to an
/// eighth of all bodies, at most 2,500; a community sits in one country, where 88 of 100 of its bodies are. Degrees
/// follow a power law and are scaled to the number of ties asked for. Of its ties a body draws the share `mixing`
/// from its whole country (two thirds of them) or from the whole world, and the others from its community, as long as that
/// has members enough; partners are matched at random, as in the benchmark of [lancichinetti2008benchmark]. Repeated
/// pairs are dropped and made up for until the number of ties is exact.
///
/// Amounts are lognormal, and grow with the degrees of both ends:
///
///     ln(amount) ~ Normal(10.2 + 0.35 (ln(1 + d_u) + ln(1 + d_v) - 6), amount_sigma), between 50 and 5e9.
///
/// Kinds, countries and currencies are drawn from the tables below, days evenly from 2010 to 2025.
/// O(nodes + edges), about 60 bytes a tie.
struct PartnershipOptions {
  std::size_t nodes = 200'000;
  std::size_t edges = 2'000'000;
  Seed seed = 7;
  double degree_exponent = 2.3;  // above 1, at most 10
  double mixing = 0.3;           // from 0 to 1
  double amount_sigma = 1.6;     // from 0 to 4
};

struct PartnershipNetwork {
  GeneratedGraph graph;
  NodeColumn<std::uint32_t> community;  // as planted, 0 … communities - 1
  NodeColumn<std::uint8_t> kind;        // an index into partnership_kinds
  NodeColumn<std::uint8_t> country;     // into partnership_countries
  EdgeColumn<std::uint8_t> tie_kind;    // into partnership_tie_kinds
  EdgeColumn<std::uint8_t> currency;    // into partnership_currencies
  EdgeColumn<std::int64_t> hundredths;  // of one unit of the currency; whole units where it has no smaller coin
  EdgeColumn<std::uint16_t> day;        // since 2010-01-01
};

/// Errors: as of the other generators; bad_argument for a parameter out of its bounds.
Result<PartnershipNetwork> partnership_network(const PartnershipOptions& options, const Job& job = {});

/// The amounts in thousands of euros at fixed rates, rounded, at least 1: weights for programs that take whole numbers.
EdgeColumn<std::uint32_t> amounts_in_thousand_euros(const PartnershipNetwork& network);

inline constexpr std::array<std::string_view, 10> partnership_kinds{
    "institution.university", "institution.company",    "institution.hospital", "institution.foundation", "institution.agency",
    "institution.ngo",        "institution.bank",       "institution.laboratory", "institution.ministry", "institution.association"};

inline constexpr std::array<std::string_view, 30> partnership_countries{
    "DE", "FR", "US", "GB", "IT", "ES", "NL", "CN", "JP", "BR", "IN", "SE", "PL", "CH", "BE",
    "AT", "CA", "AU", "KR", "DK", "FI", "NO", "PT", "GR", "CZ", "IE", "HU", "RO", "ZA", "MX"};

inline constexpr std::array<std::string_view, 10> partnership_tie_kinds{
    "funding.grant",        "cooperation.project", "technology_transfer.licence", "trade.supply", "funding.equity",
    "agreement.consortium", "funding.donation",    "trade.service",               "funding.loan", "agreement.framework"};

struct PartnershipCurrency {
  std::string_view code;
  std::uint32_t rate;      // euros for 10,000 units
  bool has_coins = true;   // amounts have hundredths
};
inline constexpr std::array<PartnershipCurrency, 8> partnership_currencies{{{"EUR", 10'000}, {"USD", 9'200}, {"GBP", 11'700},
                                                                            {"CHF", 10'400}, {"JPY", 61, false}, {"SEK", 880},
                                                                            {"CNY", 1'270}, {"BRL", 1'700}}};

}  // namespace entente
