// The account of a conversion in words and as tables.

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "engine/exchange.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

TableCell year_cell(const std::optional<int>& year) { return year ? TableCell(std::int64_t{*year}) : TableCell(); }
TableCell count_cell(std::size_t count) { return static_cast<std::int64_t>(count); }
TableCell code_cell(Currency currency) { return std::string(currency.text()); }
TableCell money_cell(std::size_t count, const Money& money) { return count > 0 ? TableCell(money) : TableCell(); }

/// "USD 12.50 and KRW 300": what is missing, by currency.
std::string missing_money(const std::vector<ExchangeGap>& gaps) {
  std::map<Currency, std::optional<Money>> sums;  // empty: beyond 64 bits
  for (const ExchangeGap& gap : gaps) {
    const auto [place, is_new] = sums.try_emplace(gap.currency, gap.sum);
    if (is_new || !place->second) continue;
    const auto sum = add(*place->second, gap.sum);
    place->second = sum ? std::optional(*sum) : std::nullopt;
  }
  std::string text;
  std::size_t left = sums.size();
  for (const auto& [currency, sum] : sums) {
    text += sum ? to_string(*sum) : "more " + std::string(currency.text()) + " than 64 bits hold";
    if (--left > 0) text += left == 1 ? " and " : ", ";
  }
  return text;
}

/// The reasons, that of the most ties first: "the table has no rate of VND; and 2 more reasons".
std::string missing_reasons(const std::vector<ExchangeGap>& gaps) {
  constexpr std::size_t told = 3;
  std::map<std::string, std::size_t> ties;
  for (const ExchangeGap& gap : gaps) ties[gap.why] += gap.ties;
  std::vector<std::pair<std::string, std::size_t>> reasons(ties.begin(), ties.end());
  std::ranges::stable_sort(reasons, std::greater<>(), &std::pair<std::string, std::size_t>::second);
  std::string text;
  for (std::size_t i = 0; i < std::min(told, reasons.size()); ++i) text += (i > 0 ? "; " : "") + reasons[i].first;
  if (reasons.size() > told) text += "; and " + counted(reasons.size() - told, "more reason", "more reasons");
  return text;
}

}  // namespace

std::vector<std::string> Exchanged::notes() const {
  const std::string to(rule.to.text());
  std::vector<std::string> notes;
  std::string how = counted(converted, "amount", "amounts") + " converted to " + to + " by " + rule_text(rule) + ", rates of " + table;
  if (rule.prices) how += ", in prices of " + std::to_string(*rule.prices) + " by the index of " + price_table;
  if (already > 0) how += "; " + counted(already, "amount", "amounts") + " in " + to + " kept as stated";
  notes.push_back(std::move(how));
  if (missing > 0) {
    notes.push_back(counted(missing, "amount has", "amounts have") + " no rate and " + (missing == 1 ? "is" : "are") +
                    " missing now, not zero: " + missing_money(gaps) + " (" + missing_reasons(gaps) + ")");
  }
  if (unstated > 0) notes.push_back(counted(unstated, "tie states", "ties state") + " no amount");
  if (rounded_to_zero > 0) {
    notes.push_back(counted(rounded_to_zero, "amount is", "amounts are") + " less than half of the smallest coin of " + to +
                    " and became 0");
  }
  notes.insert(notes.end(), remarks.begin(), remarks.end());
  return notes;
}

std::vector<Table> exchange_tables(const Exchanged& exchanged) {
  const std::string to(exchanged.rule.to.text());
  std::vector<Table> tables(3);
  Table& sums = tables[0];
  sums.name = "exchange";
  sums.title = "Money by currency and year, as stated and in " + to;
  sums.columns = {{"currency", "", "as stated"},
                  {"year", "", "of the tie's date"},
                  {"ties", "ties", "that state an amount"},
                  {"original", "", "their sum as stated"},
                  {"converted ties", "ties", "whose amount is in the next column"},
                  {"converted", to, "the sum in the currency asked for"},
                  {"missing ties", "ties", "that have no rate"},
                  {"missing", "", "their sum as stated"}};
  for (const ExchangeSum& sum : exchanged.sums) {
    sums.rows.push_back({code_cell(sum.currency), year_cell(sum.year), count_cell(sum.ties), money_cell(sum.ties, sum.original),
                         count_cell(sum.converted_ties), money_cell(sum.converted_ties, sum.converted),
                         count_cell(sum.missing_ties), money_cell(sum.missing_ties, sum.missing)});
  }
  Table& gaps = tables[1];
  gaps.name = "gaps";
  gaps.title = "Money that has no rate";
  gaps.columns = {{"currency", "", "as stated"}, {"year", "", "of the tie's date"}, {"ties", "ties", ""},
                  {"sum", "", "as stated"}, {"why", "", "what is missing"}};
  for (const ExchangeGap& gap : exchanged.gaps) {
    gaps.rows.push_back({code_cell(gap.currency), year_cell(gap.year), count_cell(gap.ties), gap.sum, gap.why});
  }
  Table& rates = tables[2];
  rates.name = "rates";
  rates.title = "Rates used: each amount * rate" + std::string(exchanged.rule.prices ? " * price index" : "") + ", from left to right";
  rates.columns = {{"currency", "", "as stated"}, {"date", "", "what the rate speaks of"}, {"rate", "", "into " + to}};
  if (exchanged.rule.prices) rates.columns.push_back({"price index", "", "into prices of " + std::to_string(*exchanged.rule.prices)});
  for (const char* name : {"ties", "original", "converted"}) {
    rates.columns.push_back({name, std::string(name) == "ties" ? "ties" : std::string(name) == "converted" ? to : "", ""});
  }
  for (const ExchangeRateUse& use : exchanged.rates) {
    std::vector<TableCell> row{code_cell(use.currency), use.date, use.rate};
    if (exchanged.rule.prices) row.push_back(use.price);
    row.insert(row.end(), {count_cell(use.ties), use.original, use.converted});
    rates.rows.push_back(std::move(row));
  }
  for (Table& table : tables) table.network = exchanged.network;
  return tables;
}

}  // namespace entente
