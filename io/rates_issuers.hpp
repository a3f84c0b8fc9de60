#pragma once

#include <optional>
#include <string_view>

#include "engine/money.hpp"

namespace entente {

/// The currency that an economy issues, for tables that name countries instead of currencies.
struct Issuer {
  Currency currency;
  int last_year = 9999;  // of the years in which it was its currency: 1998 for DEM, which gave way to EUR
};

/// By ISO 3166 code of two or three letters, or by name as the IMF and the World Bank write it, in any case.
/// Only issuers are known: one economy a currency (for the CFA francs and the East Caribbean dollar the seat of
/// the central bank, for EUR the euro area as a whole), and the members of the euro area up to their accession.
std::optional<Issuer> issuer_of(std::string_view country);

/// A currency by its English name as the IMF's daily table writes it: "Korean won", "U.K. pound".
std::optional<Currency> currency_named(std::string_view name);

}  // namespace entente
