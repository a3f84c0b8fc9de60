// entente validate: every row of the data accounted for, and every refusal with its place and reason.

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/text.hpp"
#include "io/read.hpp"

namespace entente {

namespace {

Result<void> run_validate(Session& session) {
  const auto path = session.network_path();
  if (!path) return tl::unexpected(path.error());
  ReadOptions options = session.read_options();
  options.lenient = true;
  const ReadOutcome outcome = try_read_network(*path, options);
  if (!outcome.network && outcome.error) return tl::unexpected(*outcome.error);
  const Ledger& ledger = outcome.ledger;

  Answer answer;
  Table account;
  account.name = "account";
  account.title = "Rows read = kept + merged + refused";
  account.columns = {{"table", "", ""}, {"rows", "", ""}, {"kept", "", ""}, {"merged", "", "exact repetitions"}, {"refused", "", ""}};
  for (const LedgerEntry& entry : ledger.tables) {
    account.rows.push_back({entry.table, static_cast<std::int64_t>(entry.rows), static_cast<std::int64_t>(entry.kept),
                            static_cast<std::int64_t>(entry.merged), static_cast<std::int64_t>(entry.refused)});
  }
  const auto remarks = [](const std::string& name, const std::string& title, const std::vector<Remark>& list) {
    Table table;
    table.name = name;
    table.title = title;
    table.columns = {{"place", "", "file:line:column"}, {"reason", "", ""}};
    for (const Remark& remark : list) table.rows.push_back({remark.place.text(), remark.text});
    return table;
  };
  Table refusals = remarks("refusals", "Refused", ledger.refusals);
  refusals.complete = ledger.refusals.size() >= ledger.refused();
  if (!refusals.complete) {
    refusals.completeness = "the first " + std::to_string(ledger.refusals.size()) + " of " + std::to_string(ledger.refused());
  }
  Table guesses = remarks("guesses", "Taken for granted", ledger.guesses);

  answer.json = [account, refusals, guesses, refused = ledger.refused()](JsonWriter& json) {
    json.begin_object();
    json.key("valid").value(refused == 0);
    json.key("account");
    write_rows(json, account);
    json.key("refusals");
    write_rows(json, refusals);
    json.key("complete").value(refusals.complete);
    json.key("guesses");
    write_rows(json, guesses);
    json.end_object();
  };
  answer.tables = {account, refusals, guesses};
  const auto form = session.format();
  if (form && *form == "csv" && !refusals.rows.empty()) std::swap(answer.tables[0], answer.tables[1]);
  if (auto printed = session.print(whole(outcome.network), std::move(answer)); !printed) return printed;
  if (ledger.refused() > 0) {
    const Remark& first = ledger.refusals.front();
    return fail(ErrorCode::bad_input, first.text + (ledger.refused() > 1 ? " (and " + counted(ledger.refused() - 1, "further refused row", "further refused rows") + ")" : ""),
                first.place.text());
  }
  return {};
}

}  // namespace

void add_validate(CLI::App& app, Session& session, Action& action) {
  add_command(app, session, action, "validate", "check the data: every row accounted for, every refusal with its place",
              [&session] { return run_validate(session); });
}

}  // namespace entente
