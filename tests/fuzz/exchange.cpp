#include "engine/exchange.hpp"
#include "io/rates.hpp"
#include "io/rates_exchange.hpp"
#include "reader.hpp"

// Files in one text: "request" (currency, rule and days back, and the year of prices, cut by blanks), edges.csv, rates.csv
// and deflators.csv. What is converted holds by its certificate.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  auto files = fuzz::files_of(fuzz::text_of(data, size), "request");
  std::string_view request = files["request"];
  request = fuzz::take_line(request);
  const auto word = [&] {
    const std::size_t end = std::min(request.find(' '), request.size());
    const std::string taken(request.substr(0, end));
    request.remove_prefix(std::min(end + 1, request.size()));
    return taken;
  };
  const auto currency = parse_currency(word());
  auto rule = parse_exchange_rule(word());
  const std::string days = word(), prices = word();
  if (!currency || !rule) return 0;
  rule->to = *currency;
  if (!days.empty()) rule->days_back = std::atoi(days.substr(0, 5).c_str());
  if (!prices.empty()) rule->prices = std::atoi(prices.substr(0, 5).c_str());

  ReadOptions lenient;
  lenient.lenient = true;
  const auto network = try_read_bytes("edges.csv", files["edges.csv"], lenient);
  const auto rates = read_rates("rates.csv", files["rates.csv"], lenient);
  if (network.error || !rates) return 0;
  const auto deflators = read_prices("deflators.csv", files["deflators.csv"], lenient);
  const auto exchanged = exchange(network.network, rates->table, *rule, deflators ? &deflators->table : nullptr);
  if (!exchanged) {
    fuzz::require(!exchanged.error().what.empty());
    return 0;
  }
  fuzz::require(exchanged->converted + exchanged->already + exchanged->missing + exchanged->unstated == network.network->edge_count());
  fuzz::require(verify_exchange(*network.network, *exchanged).has_value());
  for (const EdgeId tie : exchanged->network->edges()) {
    const auto amount = exchanged->network->amount(tie);
    fuzz::require(!amount || (amount->currency == *currency && amount->units >= 0));
  }
  fuzz::require(exchange_tables(*exchanged).size() == 3);
  return 0;
}
