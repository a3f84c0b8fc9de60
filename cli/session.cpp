#include "cli/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include <spdlog/spdlog.h>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "engine/version.hpp"
#include "io/read.hpp"
#include "query/reconcile_parts.hpp"

namespace entente {

namespace fs = std::filesystem;

namespace {

fs::path program_path() {
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : path;
}

bool has_datasets(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "korea-innovation" / "datapackage.json", error);
}

/// The parts of a text between commas, as CSV has them: a part in double quotes may hold commas.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char letter : text) {
    if (letter == '"') quoted = !quoted;
    else if (letter == ',' && !quoted) parts.emplace_back();
    else parts.back() += letter;
  }
  std::erase(parts, std::string());
  return parts;
}

}  // namespace

int exit_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_argument:
    case ErrorCode::unit_mismatch: return 2;
    case ErrorCode::bad_input:
    case ErrorCode::overflow: return 3;
    case ErrorCode::not_found:
    case ErrorCode::ambiguous: return 4;
    case ErrorCode::unreadable:
    case ErrorCode::unwritable:
    case ErrorCode::resource:
    case ErrorCode::interrupted: return 1;
  }
  return 1;
}

std::string datasets_folder() {
  if (const char* named = std::getenv("ENTENTE_DATASETS"); named && *named) return named;
  for (fs::path folder = program_path().parent_path(); !folder.empty(); folder = folder.parent_path()) {
    for (const fs::path& place : {folder / "datasets", folder / "share" / "entente" / "datasets"}) {
      if (has_datasets(place)) return place.string();
    }
    if (folder == folder.root_path()) break;
  }
  return {};
}

std::vector<std::string> bundled_datasets() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(datasets_folder(), error)) {
    if (fs::is_regular_file(entry.path() / "datapackage.json", error)) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

Job Session::job() const {
  Job job;
  job.threads = global.threads;
  job.cancel = &interrupt_flag();
  if (shows_progress()) {
    auto bar = std::make_shared<Progress>("working");
    job.progress = [bar](std::string_view what, std::size_t done, std::size_t total) { bar->report(what, done, total); };
  }
  return job;
}

bool Session::shows_progress() const { return !global.quiet && !global.no_progress && isatty(STDERR_FILENO); }

std::unique_ptr<Progress> Session::progress(const std::string& what) const {
  return shows_progress() ? std::make_unique<Progress>(what) : nullptr;
}

void Session::note(const std::string& text) const { spdlog::info(text); }

Result<std::string> Session::network_path() const {
  std::error_code error;
  if (network_name == "-" || fs::exists(network_name, error)) return network_name;
  const auto bundled = bundled_datasets();
  if (std::ranges::find(bundled, network_name) != bundled.end()) {
    return (fs::path(datasets_folder()) / network_name).string();
  }
  if (network_name.find('/') != std::string::npos || !fs::path(network_name).extension().empty()) {
    return network_name;  // a path: the reader says what is wrong with it
  }
  std::string known;
  for (const std::string& name : bundled) known += (known.empty() ? "" : ", ") + name;
  return fail(ErrorCode::unreadable, "There is no file, folder or bundled dataset of this name. Bundled are: " +
                                         (known.empty() ? "none" : known) + ".", network_name);
}

ReadOptions Session::read_options() const {
  ReadOptions options;
  options.format = global.input_format;
  options.lenient = global.lenient;
  if (selection.directed) options.direction = BuilderOptions::Direction::directed;
  return options;
}

Result<NetworkPtr> Session::load() {
  const auto path = network_path();
  if (!path) return tl::unexpected(path.error());
  auto bar = progress("reading " + (network_name == "-" ? "standard input" : network_name));
  auto network = read_network(*path, read_options());
  bar.reset();
  if (!network) return network;
  for (const Remark& guess : (*network)->ledger().guesses) {
    loading_notes_.push_back(guess.place.file.empty() ? guess.text : guess.place.text() + ": " + guess.text);
  }
  if (const std::size_t refused = (*network)->ledger().refused(); refused > 0) {
    loading_notes_.push_back(counted(refused, "row was", "rows were") + " refused and left out; entente validate lists them");
  }
  return in_one_currency(std::move(*network));
}

ExchangeRequest Session::exchange_request(Currency target) const {
  ExchangeRequest request;
  request.currency = target;
  request.rates = selection.rates;
  request.rule = selection.rate_rule;
  request.days_back = selection.days_back;
  request.deflators = selection.deflators;
  if (selection.prices != 0) request.prices = selection.prices;
  request.reading.lenient = global.lenient;
  return request;
}

Result<NetworkPtr> Session::in_one_currency(NetworkPtr network) {
  const auto target = currency();
  if (!target) return tl::unexpected(target.error());
  const char* const asked = !selection.rates.empty()       ? "option rates"
                            : !selection.rate_rule.empty() ? "option rate-rule"
                            : selection.days_back != SelectionOptions().days_back ? "option days-back"
                            : !selection.deflators.empty() ? "option deflators"
                            : selection.prices != 0        ? "option prices"
                                                           : nullptr;
  if (!*target && asked) {
    return fail(ErrorCode::bad_argument, "Amounts are converted to a currency, and none is named: add --currency USD, for instance.", asked);
  }
  if (!*target) return network;
  if (!asked && !has_rates(*network)) {
    static constexpr std::string_view shows_all_amounts[] = {"info", "who", "report", "convert", "draw", "reconcile"};
    if (std::ranges::find(shows_all_amounts, command) != std::end(shows_all_amounts)) {
      loading_notes_.push_back("the network brings no rates, so --currency converts nothing (--rates names a table)");
    }
    return network;
  }
  const auto exchanged = exchanged_for(network, exchange_request(**target), job());
  if (!exchanged) return tl::unexpected(exchanged.error());
  for (std::string& note : exchanged->notes()) loading_notes_.push_back(std::move(note));
  return exchanged->network;
}

Result<Selection> Session::load_money() {
  auto network = load();
  if (network) network = with_its_weight(std::move(*network));
  if (!network) return tl::unexpected(network.error());
  return each_payment_once(std::move(*network), false);
}

Result<Selection> Session::each_payment_once(NetworkPtr network, bool without_countries) {
  static const std::vector<std::string> known{"", "reconciled", "low", "high", "as-stated"};
  if (std::ranges::find(known, selection.reports) == known.end()) {
    return fail(ErrorCode::bad_argument, "reports must be one of: reconciled, low, high, as-stated.", "option reports");
  }
  if (selection.reports != "as-stated" && has_reports(*network)) {
    auto found = reconcile(whole(network), {}, job());
    if (!found) return tl::unexpected(found.error());
    std::size_t removed = 0;
    for (const Standing& tie : standing(*found, ReportVersion::reconciled)) removed += !tie.stands;
    loading_notes_.push_back("ties name who reports them, so each payment counts once: " + counted(removed, "second report", "second reports") +
                             " left out; entente reconcile lists them, --reports as-stated counts them all");
    reconciliation_ = std::move(*found);
    auto once = reconciled_network(*reconciliation_, selection.reports == "low"    ? ReportVersion::low
                                                     : selection.reports == "high" ? ReportVersion::high
                                                                                   : ReportVersion::reconciled);
    if (!once) return tl::unexpected(once.error());
    network = std::move(*once);
  }
  return select_from(network, without_countries);
}

Result<std::vector<std::pair<std::string, Selection>>> Session::other_reports() {
  std::vector<std::pair<std::string, Selection>> others;
  if (!reconciliation_ || !selection.reports.empty()) return others;
  for (const auto& [name, which] : {std::pair{"low", ReportVersion::low}, std::pair{"high", ReportVersion::high}}) {
    const auto network = reconciled_network(*reconciliation_, which);
    if (!network) return tl::unexpected(network.error());
    auto selected = select_from(*network, false);
    if (!selected) return tl::unexpected(selected.error());
    others.emplace_back(name, std::move(*selected));
  }
  return others;
}

Result<Selection> Session::load_selection(bool without_countries) {
  auto network = load();
  if (network) network = with_its_weight(std::move(*network));
  if (!network) return tl::unexpected(network.error());
  const bool adds_money = weighs_by_amount() || command == "draw";  // whose lines tell sums whatever their width
  auto selected = adds_money ? each_payment_once(std::move(*network), without_countries)
                             : select_from(*network, without_countries);
  if (selected) weigh_as_projected(*selected);
  return selected;
}

Result<Selection> Session::select_from(const NetworkPtr& network, bool without_countries) {
  SelectionSpec spec = selection.spec;
  if (reconciliation_) {
    // A kind all of whose ties were second reports is no unknown kind.
    const auto has = [](const Network& where, const std::string& kind) {
      return std::ranges::any_of(where.edges(), [&](EdgeId edge) { return is_kind(where.kind(edge), kind); });
    };
    auto kinds = spec.edge_kinds;
    std::erase_if(kinds, [&](const std::string& kind) { return !has(*network, kind) && has(*reconciliation_->network, kind); });
    if (!kinds.empty()) spec.edge_kinds = std::move(kinds);
  }
  const auto is_country = [&](NodeId node) { return is_kind(network->kind(node), "country"); };
  if (without_countries && spec.node_kinds.empty() && spec.collapse.empty() &&
      !std::ranges::all_of(network->nodes(), is_country)) {
    spec.without_kinds.push_back("country");
  }
  auto selected = select(network, spec);
  if (selected && !spec.collapse.empty()) {
    selected->notes.push_back("merged by " + spec.collapse + ": a tie of a merged node is a tie of one of its members, not of all");
  }
  return selected;
}

Result<NodeId> Session::resolve(const NetworkPtr& network, const std::string& name) {
  if (!resolver_) resolver_.emplace(network);
  return resolver_->find(name);
}

Result<std::vector<NodeId>> Session::resolve_group(const NetworkPtr& network, const std::string& group) {
  std::vector<NodeId> nodes;
  std::istringstream lines(group);
  for (std::string list; std::getline(lines, list);) {
    const auto some = resolve_list(network, list);
    if (!some) return tl::unexpected(some.error());
    nodes.insert(nodes.end(), some->begin(), some->end());
  }
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  if (nodes.empty()) return fail(ErrorCode::bad_argument, "A group needs at least one name, country:CC or kind:KIND.");
  return nodes;
}

Result<std::vector<NodeId>> Session::resolve_list(const NetworkPtr& network, const std::string& list) {
  std::vector<NodeId> nodes;
  std::vector<std::string> parts = parts_of(list);
  // A name that holds a comma means its node, as long as it is given alone or in quotes.
  if (parts.size() > 1 && resolve(network, list)) parts = {list};
  for (const std::string& part : parts) {
    const bool code = part.size() == 2 && network->countries().contains(part);  // KR is short for country:KR
    const bool by_country = code || part.starts_with("country:"), by_kind = part.starts_with("kind:");
    if (by_country || by_kind) {
      const std::string value = code ? part : part.substr(part.find(':') + 1);
      const std::size_t before = nodes.size();
      for (const NodeId node : network->nodes()) {
        if (by_country ? network->country(node) == value : is_kind(network->kind(node), value)) nodes.push_back(node);
      }
      if (nodes.size() == before) {
        return fail(ErrorCode::not_found, "No node has " + std::string(by_country ? "country " : "kind ") + value + ".");
      }
      continue;
    }
    const auto node = resolve(network, part);
    if (!node && parts.size() > 1 && list.find('"') == std::string::npos) {
      return fail(node.error().code, node.error().what + " Commas part names; a name that holds one stands in double quotes, or in an option of its own.");
    }
    if (!node) return tl::unexpected(node.error());
    nodes.push_back(*node);
  }
  return nodes;
}

Provenance Session::provenance(const Selection& selected, std::string algorithm, const Answer& answer) const {
  Provenance provenance;
  provenance.network = selected.network->info().name;
  provenance.checksum = selected.network->info().checksum;
  provenance.selection = selected.description;
  provenance.algorithm = std::move(algorithm);
  for (const auto& [name, value] : answer.parameters) {
    provenance.parameters.emplace_back(name, std::visit(
        [](const auto& v) -> std::string {
          using Value = std::decay_t<decltype(v)>;
          if constexpr (std::is_same_v<Value, bool>) return v ? "true" : "false";
          else if constexpr (std::is_same_v<Value, std::string>) return v;
          else if constexpr (std::is_same_v<Value, double>) return json_number(v);
          else return std::to_string(v);
        }, value));
  }
  provenance.version = version;
  provenance.notes = selected.notes;
  provenance.notes.insert(provenance.notes.end(), answer.notes.begin(), answer.notes.end());
  return provenance;
}

Result<std::optional<Currency>> Session::currency() const {
  if (selection.currency.empty()) return std::optional<Currency>();
  const auto parsed = parse_currency(selection.currency);
  if (!parsed) return fail(ErrorCode::bad_argument, parsed.error().what, "option currency");
  return std::optional(*parsed);
}

}  // namespace entente
