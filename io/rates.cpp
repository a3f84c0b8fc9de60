#include "io/rates.hpp"

#include <filesystem>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/rates_layouts.hpp"

namespace entente {

namespace {

constexpr const RatesLayout* rates_layouts[] = {&plain_rates,     &ecb_portal_rates, &imf_portal_rates,
                                                &imf_daily_rates, &country_rates,    &ecb_reference_rates};

}  // namespace

Result<RatesRead> read_rates(const std::string& file, std::string_view bytes, const ReadOptions& options) {
  const auto text = Utf8Text::decode(bytes, options.encoding, file);
  if (!text) return tl::unexpected(text.error());
  RatesRows rows(text->view(), options.limits);
  const RatesLayout* layout = nullptr;
  const bool found = rows.find_header([&](const RatesHeader& header) {
    for (const RatesLayout* each : rates_layouts) {
      if (each->is_header(header)) return layout = each, true;
    }
    return false;
  });
  if (!found) {
    std::string known;
    for (const RatesLayout* each : rates_layouts) known += std::string(known.empty() ? "" : "; ") + each->header;
    return fail(ErrorCode::bad_input, "no line names the columns of a table of exchange rates. Known are: " + known + ".", file);
  }
  RatesAccount account(file, "rates");
  RateTable table = layout->read(rows, account);
  if (auto error = account.error(); error && !options.lenient) return tl::unexpected(*error);
  if (table.size() == 0) {
    return fail(ErrorCode::bad_input, "the table holds no exchange rate (read as " + std::string(layout->name) + ").", file);
  }
  table.checksum = sha256(bytes);
  RatesRead read{std::move(table), layout->name, account.ledger(), account.notes()};
  read.notes.insert(read.notes.begin(), file + " read as " + layout->name + ": " + layout->meaning + " " + std::string(read.table.base().text()));
  return read;
}

Result<RatesRead> read_rates_file(const std::string& path, const ReadOptions& options) {
  const auto bytes = read_bytes_of(path, options.limits);
  if (!bytes) return tl::unexpected(bytes.error());
  return read_rates(std::filesystem::path(path).filename().string(), bytes->view(), options);
}

}  // namespace entente
