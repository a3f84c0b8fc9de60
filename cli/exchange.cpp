// entente exchange: all amounts in one currency, at dated rates, and what has none.

#include <filesystem>
#include <utility>

#include "cli/cells.hpp"
#include "cli/command.hpp"
#include "engine/derivation.hpp"
#include "engine/text.hpp"
#include "io/rates_exchange.hpp"
#include "io/write.hpp"

namespace entente {

namespace {

/// -o names a network to be written, unless it, or --format, names a form for the tables.
bool writes_network(const GlobalOptions& global) {
  if (global.output.empty() || global.output == "-" || !global.format.empty()) return false;
  const std::string ending = std::filesystem::path(global.output).extension().string();
  return ending != ".csv" && ending != ".json" && ending != ".md" && ending != ".txt";
}

Result<void> write_exchanged(Session& session, const Network& network) {
  const auto report = write_network(network, session.global.output);
  if (!report) return tl::unexpected(report.error());
  for (const std::string& loss : report->losses) session.note("not carried over: " + loss);
  session.note(session.global.output + " written: " + grouped(network.node_count()) + " nodes and " + counted(network.edge_count(), "tie", "ties"));
  session.global.output.clear();  // the tables go to standard output
  return {};
}

/// What the options ask for, with money as it is stated: here the conversion is the answer, not the way to it.
Result<NetworkPtr> load_as_stated(Session& session, Selection& selected) {
  const SelectionOptions asked = session.selection;
  session.selection.currency.clear();
  session.selection.rates.clear();
  session.selection.rate_rule.clear();
  session.selection.deflators.clear();
  session.selection.prices = 0;
  session.selection.spec.keep_hidden = true;  // a conversion leaves nothing out that nobody asked to leave out
  auto selection = session.load_selection(false);
  session.selection = asked;
  if (!selection) return tl::unexpected(selection.error());
  selected = std::move(*selection);
  if (selected.nodes.size() == selected.network->node_count() && selected.edges.size() == selected.network->edge_count()) {
    return selected.network;
  }
  return copy_of(selected);
}

Result<void> run_exchange(Session& session) {
  const auto currency = session.currency();
  if (!currency) return tl::unexpected(currency.error());
  if (!*currency) return fail(ErrorCode::bad_argument, "Name the currency that amounts shall be converted to: --currency USD.", "option currency");
  if (writes_network(session.global)) {
    if (auto named = names_a_network(session.global.output, "output"); !named) return named;
  }
  Selection selected;
  const auto network = load_as_stated(session, selected);
  if (!network) return tl::unexpected(network.error());

  const ExchangeRequest request = session.exchange_request(**currency);
  const auto exchanged = exchanged_for(*network, request, session.job());
  if (!exchanged) return tl::unexpected(exchanged.error());
  std::string verified;
  if (session.global.verify) {
    const auto sentence = verify_exchange(**network, *exchanged);
    if (!sentence) return tl::unexpected(sentence.error());
    verified = *sentence;
  }
  if (writes_network(session.global)) {
    if (auto written = write_exchanged(session, *exchanged->network); !written) return written;
  }

  Answer answer;
  answer.tables = exchange_tables(*exchanged);
  answer.notes = exchanged->notes();
  answer.notes.push_back("the sums by year are of all amounts that are stated, of whatever kind and status, reported once or twice");
  answer.verified = !verified.empty();
  if (answer.verified) answer.notes.push_back(verified);
  answer.parameters = {{"currency", std::string((*currency)->text())}, {"rule", rule_text(exchanged->rule)}, {"rates", exchanged->table}};
  if (request.prices) {
    answer.parameters.emplace_back("prices", std::int64_t{*request.prices});
    answer.parameters.emplace_back("deflators", exchanged->price_table);
  }
  answer.tables.front().provenance = session.provenance(selected, "", answer);
  answer.json = [&](JsonWriter& json) {
    json.begin_object();
    json.key("converted").value(exchanged->converted);
    json.key("already").value(exchanged->already);
    json.key("missing").value(exchanged->missing);
    json.key("unstated").value(exchanged->unstated);
    json.key("sums");
    write_rows(json, answer.tables[0]);
    json.key("gaps");
    write_rows(json, answer.tables[1]);
    json.key("rates");
    write_rows(json, answer.tables[2]);
    json.end_object();
  };
  return session.print(selected, answer);
}

}  // namespace

void add_exchange(CLI::App& app, Session& session, Action& action) {
  CLI::App* command = add_command(app, session, action, "exchange", "amounts into one currency at dated rates, and the money that has no rate",
                                  [&session] { return run_exchange(session); });
  add_selection_options(*command, session);
}

}  // namespace entente
