#include "io/rates_exchange.hpp"

#include "engine/text.hpp"
#include "io/rates.hpp"

namespace entente {

namespace {

/// A further file of the package by its name, in whatever folder of it.
const KeptFile* kept_table(const Network& network, std::string_view name) {
  for (const KeptFile& file : network.info().files) {
    if (std::string_view(file.path).substr(file.path.find_last_of('/') + 1) == name) return &file;
  }
  return nullptr;
}

void append_notes(std::vector<std::string>& notes, const std::vector<std::string>& more) { notes.insert(notes.end(), more.begin(), more.end()); }

Result<RatesRead> rates_for(const Network& network, const ExchangeRequest& request) {
  if (!request.rates.empty()) return read_rates_file(request.rates, request.reading);
  if (const KeptFile* kept = kept_table(network, "rates.csv")) return read_rates(kept->path, kept->bytes, request.reading);
  return fail(ErrorCode::bad_argument, "Amounts need rates to be converted, and the network has no rates.csv. Name a table with --rates.", "option rates");
}

Result<std::optional<PricesRead>> prices_for(const Network& network, const ExchangeRequest& request) {
  if (!request.prices) {
    if (request.deflators.empty()) return std::optional<PricesRead>();
    return fail(ErrorCode::bad_argument, "Price indices need the year in whose prices amounts are wanted. Add --prices 2020, or another year.", "option deflators");
  }
  const KeptFile* kept = request.deflators.empty() ? kept_table(network, "deflators.csv") : nullptr;
  if (request.deflators.empty() && !kept) return std::optional<PricesRead>();  // exchange() says what is missing
  auto read = kept ? read_prices(kept->path, kept->bytes, request.reading) : read_prices_file(request.deflators, request.reading);
  if (!read) return tl::unexpected(read.error());
  return std::optional(std::move(*read));
}

}  // namespace

bool has_rates(const Network& network) { return kept_table(network, "rates.csv") != nullptr; }

Result<ExchangeRule> parse_exchange_rule(const std::string& text) {
  ExchangeRule rule;
  if (text.empty() || text == "value-date") return rule;
  if (text == "year-mean") {
    rule.by = ExchangeRule::By::year_mean;
    return rule;
  }
  if (text.starts_with("fixed:")) {
    auto date = Edtf::parse(text.substr(6));
    if (!date) return fail(ErrorCode::bad_argument, date.error().what, "option rate-rule");
    rule.by = ExchangeRule::By::fixed;
    rule.fixed = std::move(*date);
    return rule;
  }
  return fail(ErrorCode::bad_argument, "rule \"" + shortened(one_line(text), 40) + "\" is unknown. Known are: value-date, year-mean, fixed:DATE.", "option rate-rule");
}

Result<Exchanged> exchanged_for(const NetworkPtr& network, const ExchangeRequest& request, const Job& job) {
  auto rule = parse_exchange_rule(request.rule);
  if (!rule) return tl::unexpected(rule.error());
  rule->to = request.currency;
  rule->days_back = request.days_back;
  rule->prices = request.prices;
  const auto rates = rates_for(*network, request);
  if (!rates) return tl::unexpected(rates.error());
  const auto prices = prices_for(*network, request);
  if (!prices) return tl::unexpected(prices.error());
  auto exchanged = exchange(network, rates->table, *rule, *prices ? &(*prices)->table : nullptr, job);
  if (!exchanged) return exchanged;
  append_notes(exchanged->remarks, rates->notes);
  if (*prices) append_notes(exchanged->remarks, (*prices)->notes);
  return exchanged;
}

}  // namespace entente
