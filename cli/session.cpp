#include "cli/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <spdlog/spdlog.h>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "engine/version.hpp"
#include "io/atomic_file.hpp"
#include "io/read.hpp"
#include "io/table_writer.hpp"
#include "query/reconcile_parts.hpp"

namespace entente {

namespace fs = std::filesystem;

namespace {

std::atomic<bool> interrupt{false};
std::atomic<int> only_reading{0};  // > 0: nothing is being written, so that the program may end on the spot

void on_interrupt(int) {
  if (only_reading > 0) {
    constexpr std::string_view words = "entente: Interrupted.\n";
    [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, words.data(), words.size());
    _exit(1);
  }
  if (interrupt.exchange(true)) _exit(1);
}

/// As long as it lives, Ctrl-C ends the program at once: reading a large file asks nobody, and leaves nothing behind.
struct OnlyReading {
  OnlyReading() { ++only_reading; }
  ~OnlyReading() { --only_reading; }
  OnlyReading(const OnlyReading&) = delete;
  OnlyReading& operator=(const OnlyReading&) = delete;
};

/// A bar on standard error, drawn only for work that has lasted a while.
class ProgressBar {
 public:
  void operator()(std::string_view what, std::size_t done, std::size_t total) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    if (what != what_) {
      what_ = what;
      begin_ = now;
    }
    if (total == 0 || seconds < 1 || now - drawn_ < std::chrono::milliseconds(200)) return;
    drawn_ = now;
    const double share = static_cast<double>(done) / static_cast<double>(total);
    constexpr int width = 30;
    const int full = static_cast<int>(share * width);
    std::string bar(static_cast<std::size_t>(full), '#');
    bar.resize(width, '.');
    const double left = share > 0 ? seconds / share - seconds : 0;
    std::fprintf(stderr, "\r%s [%s] %3.0f %%, %.0f s left \x1b[K", what_.c_str(), bar.c_str(), 100 * share, left);
    shown_ = true;
  }
  ~ProgressBar() {
    if (shown_) std::fprintf(stderr, "\r\x1b[K");
  }

 private:
  std::string what_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now(), drawn_{};
  bool shown_ = false;
};

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

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // whoever closes the pipe has seen enough; that is no error
}

const std::atomic<bool>& interrupt_flag() { return interrupt; }

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
  job.cancel = &interrupt;
  if (!global.quiet && !global.no_progress && isatty(STDERR_FILENO)) {
    auto bar = std::make_shared<ProgressBar>();
    job.progress = [bar](std::string_view what, std::size_t done, std::size_t total) { (*bar)(what, done, total); };
  }
  return job;
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
  const OnlyReading reading;
  auto network = read_network(*path, read_options());
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
  const bool asked = !selection.rates.empty() || !selection.rate_rule.empty() || !selection.deflators.empty() || selection.prices != 0;
  if (!*target && asked) {
    return fail(ErrorCode::bad_argument, "Rates need a currency to convert to: add --currency USD, for instance.", "option currency");
  }
  if (!*target || (!asked && !has_rates(*network))) return network;
  const auto exchanged = exchanged_for(network, exchange_request(**target), job());
  if (!exchanged) return tl::unexpected(exchanged.error());
  for (std::string& note : exchanged->notes()) loading_notes_.push_back(std::move(note));
  return exchanged->network;
}

Result<Selection> Session::load_money() { return load_each_payment_once(false); }

Result<Selection> Session::load_each_payment_once(bool without_countries) {
  static const std::vector<std::string> known{"", "reconciled", "low", "high", "as-stated"};
  if (std::ranges::find(known, selection.reports) == known.end()) {
    return fail(ErrorCode::bad_argument, "reports must be one of: reconciled, low, high, as-stated.", "option reports");
  }
  auto network = load();
  if (!network) return tl::unexpected(network.error());
  if (selection.reports != "as-stated" && has_reports(**network)) {
    auto found = reconcile(whole(*network), {}, job());
    if (!found) return tl::unexpected(found.error());
    std::size_t removed = 0;
    for (const Standing& tie : standing(*found, ReportVersion::reconciled)) removed += !tie.stands;
    loading_notes_.push_back("ties name who reports them, so each payment counts once: " + counted(removed, "second report", "second reports") +
                             " left out; entente reconcile lists them, --reports as-stated counts them all");
    reconciliation_ = std::move(*found);
    network = reconciled_network(*reconciliation_, selection.reports == "low"    ? ReportVersion::low
                                                   : selection.reports == "high" ? ReportVersion::high
                                                                                 : ReportVersion::reconciled);
    if (!network) return tl::unexpected(network.error());
  }
  return select_from(*network, without_countries);
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
  if (selection.weight == "amount") return load_each_payment_once(without_countries);
  const auto network = load();
  if (!network) return tl::unexpected(network.error());
  return select_from(*network, without_countries);
}

Result<Selection> Session::select_from(const NetworkPtr& network, bool without_countries) const {
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
  std::vector<std::string> parts = parts_of(group);
  // A name that holds a comma means its node, as long as it is given alone or in quotes.
  if (parts.size() > 1 && resolve(network, group)) parts = {group};
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
    if (!node) return tl::unexpected(node.error());
    nodes.push_back(*node);
  }
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  if (nodes.empty()) return fail(ErrorCode::bad_argument, "A group needs at least one name, country:CC or kind:KIND.");
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

Result<std::string> Session::format() const {
  static const std::vector<std::string> known{"table", "csv", "json", "markdown"};
  if (!global.format.empty()) {
    if (std::ranges::find(known, global.format) == known.end()) {
      return fail(ErrorCode::bad_argument, "format \"" + global.format + "\" is unknown. Known are: table, csv, json, markdown.",
                  "option format");
    }
    return global.format;
  }
  const std::string extension = fs::path(global.output).extension().string();
  if (extension == ".csv") return "csv";
  if (extension == ".json") return "json";
  if (extension == ".md") return "markdown";
  if (extension == ".txt") return "table";
  if (!global.output.empty() && global.output != "-") {
    return fail(ErrorCode::bad_argument, "The ending of \"" + global.output + "\" names no format. Add --format, or end it in .csv, .json, .md or .txt.",
                "option output");
  }
  return isatty(STDOUT_FILENO) ? "table" : "csv";
}

Result<void> Session::write(const std::string& text) {
  return write_file(global.output.empty() ? "-" : global.output, text);
}

Result<void> Session::print(const Selection& selected, Answer answer) { return print(&selected, std::move(answer)); }

Result<void> Session::print(Answer answer) { return print(nullptr, std::move(answer)); }

Result<void> Session::print(const Selection* selected, Answer answer) {
  const auto form = format();
  if (!form) return tl::unexpected(form.error());
  if (selected) answer.notes.insert(answer.notes.begin(), selected->notes.begin(), selected->notes.end());
  answer.notes.insert(answer.notes.begin(), loading_notes_.begin(), loading_notes_.end());
  if (global.verify && !answer.verified) answer.notes.push_back("nothing was verified: no certificate exists for this answer");
  for (const std::string& remark : answer.notes) note(remark);

  if (*form == "json") {
    JsonWriter json;
    json.begin_object();
    json.key("entente").value(version);
    json.key("command").value(command);
    if (selected) {
      json.key("network").begin_object();
      json.key("name").value(selected->network->info().name);
      json.key("nodes").value(selected->nodes.size());
      json.key("edges").value(selected->edges.size());
      json.key("checksum").value(selected->network->info().checksum);
      json.end_object();
      json.key("selection");
      write_selection(json, *this, *selected);
    }
    json.key("parameters").begin_object();
    for (const auto& [name, value] : answer.parameters) {
      json.key(name);
      std::visit([&](const auto& v) { json.value(v); }, value);
    }
    json.end_object();
    json.key("notes").begin_array();
    for (const std::string& remark : answer.notes) json.value(remark);
    json.end_array();
    json.key("result");
    answer.json(json);
    json.end_object();
    return write(std::move(json).take());
  }
  if (*form == "csv") {
    if (answer.tables.size() > 1) {
      std::string others;
      for (std::size_t i = 1; i < answer.tables.size(); ++i) others += (i > 1 ? ", " : "") + answer.tables[i].name;
      note("csv holds the table " + answer.tables[0].name + " only; --format json or markdown has these too: " + others);
    }
    const Table& table = answer.tables.front();
    if (!table.complete) note("the listing is not complete: " + table.completeness);
    return write(write_table(table, TableFormat::csv));
  }
  if (!answer.text.empty()) return write(answer.text);
  TableWriterOptions options;
  options.color = !global.no_color && !std::getenv("NO_COLOR") && global.output.empty() && isatty(STDOUT_FILENO);
  std::string text;
  for (const Table& table : answer.tables) {
    if (!text.empty()) text += "\n";
    text += write_table(table, *form == "markdown" ? TableFormat::markdown : TableFormat::table, options);
  }
  return write(text);
}

void write_node(JsonWriter& json, const Network& network, NodeId node, const std::vector<std::string>& languages) {
  json.begin_object();
  json.key("id").value(network.key(node));
  json.key("kind").value(network.kind(node));
  json.key("name").value(network.label(node, languages));
  json.key("country").value(network.country(node));
  json.end_object();
}

void write_tie(JsonWriter& json, const Network& network, EdgeId tie) {
  const auto date = [&](const char* name, const Edtf* value) {
    json.key(name);
    if (value) json.value(value->text());
    else json.null();
  };
  const auto amount = network.amount(tie);
  json.begin_object();
  json.key("id").value(network.key(tie));
  json.key("source").value(network.key(network.source(tie)));
  json.key("target").value(network.key(network.target(tie)));
  json.key("kind").value(network.kind(tie));
  json.key("directed").value(network.is_directed(tie));
  json.key("status").value(network.status(tie));
  date("start", network.start(tie));
  date("end", network.end(tie));
  json.key("amount").value(amount);
  json.key("currency");
  if (amount) json.value(amount->currency.text());
  else json.null();
  if (!network.agreement(tie).empty()) json.key("agreement").value(network.agreement(tie));
  json.key("evidence").begin_array();
  for (const Evidence& evidence : network.evidence(tie)) {
    const Source& source = network.source_document(evidence.source);
    json.begin_object();
    json.key("source").value(source.key);
    json.key("quote").value(evidence.quote);
    json.key("url").value(source.url);
    json.key("locator").value(evidence.locator);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_selection(JsonWriter& json, const Session& session, const Selection& selected) {
  const SelectionSpec& spec = session.selection.spec;
  const auto list = [&](const char* name, const std::vector<std::string>& words) {
    if (words.empty()) return;
    json.key(name).begin_array();
    for (const std::string& word : words) json.value(word);
    json.end_array();
  };
  const auto word = [&](const char* name, const std::string& text) {
    if (!text.empty()) json.key(name).value(text);
  };
  json.begin_object();
  json.key("description").value(selected.description);
  list("node_kind", spec.node_kinds);
  list("edge_kind", spec.edge_kinds);
  list("status", spec.statuses);
  list("country", spec.countries);
  word("since", spec.since);
  word("until", spec.until);
  word("component", spec.component);
  word("where", spec.where);
  list("project", spec.projections);
  word("collapse", spec.collapse);
  word("agreements", spec.agreements);
  if (spec.undirected) json.key("undirected").value(true);
  if (session.selection.directed) json.key("directed").value(true);
  word("weight", session.selection.weight);
  word("currency", session.selection.currency);
  json.end_object();
}

}  // namespace entente
