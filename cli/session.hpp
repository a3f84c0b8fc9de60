#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "algorithms/analysis.hpp"
#include "algorithms/card.hpp"
#include "cli/progress.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"
#include "engine/network.hpp"
#include "engine/resolver.hpp"
#include "engine/selection.hpp"
#include "engine/table.hpp"
#include "io/format.hpp"
#include "io/json_text.hpp"
#include "io/rates_exchange.hpp"
#include "query/reconcile.hpp"

namespace entente {

/// The options that every command takes.
struct GlobalOptions {
  int threads = 0;
  std::string engine = "auto";
  bool verify = false;
  bool quiet = false;
  bool verbose = false;
  bool no_progress = false;
  bool no_color = false;
  bool lenient = false;
  std::string log_file;
  std::string input_format;
  std::string format;       // table, csv, json or markdown; empty: by the output
  std::string output;       // file; empty: standard output
  std::vector<std::string> languages;
};

/// The selection options, the same on every command that analyses or shows.
struct SelectionOptions {
  SelectionSpec spec;
  bool directed = false;  // ties without a stated direction run from source to target
  std::string weight;     // as typed; see Session::weight()
  std::string currency;
  // How amounts become amounts of that currency; see engine/exchange.hpp.
  std::string rates, rate_rule, deflators;
  int days_back = 7;
  int prices = 0;  // 0: as they were
  std::string reports;  // reconciled, low, high or as-stated; empty: reconciled where a command adds up money
};

/// What a command found, in all the forms it can be asked for.
struct Answer {
  std::vector<Table> tables;  // the first is the main one: a pipe gets it as CSV
  std::function<void(JsonWriter&)> json;  // writes the value of "result"
  std::string text;           // for people, in place of the tables, where a command tells rather than lists
  std::vector<std::pair<std::string, OptionValue>> parameters;
  std::vector<std::string> notes;  // what was left out, guessed or not finished
  bool verified = false;           // a certificate was checked, and a note says how
};

/// One run of the program: its options, and the ways to data, threads and output that commands share.
class Session {
 public:
  GlobalOptions global;
  SelectionOptions selection;
  std::string network_name;  // the argument NETWORK
  std::string command;
  std::vector<std::string> commands;  // the names of all there are

  /// Threads, cancellation by Ctrl-C, and a progress bar where it makes sense. The bar stands as long as the job lives.
  Job job() const;

  /// A progress bar for what takes no job; null where none is wanted.
  std::unique_ptr<Progress> progress(const std::string& what) const;

  /// The network that the user named: a file, a folder, "-", or a bundled dataset.
  /// Errors: unreadable, bad_input with the first refused row.
  Result<NetworkPtr> load();

  /// How the options want amounts converted to this currency.
  ExchangeRequest exchange_request(Currency target) const;

  /// What loading guessed, refused, converted or left out so far.
  const std::vector<std::string>& loading_notes() const { return loading_notes_; }

  /// Remarks on options that were given and have no use: part of every answer's notes.
  void set_usage_notes(std::vector<std::string> remarks) { usage_notes_ = std::move(remarks); }
  const std::vector<std::string>& usage_notes() const { return usage_notes_; }

  /// The path of the network that the user named. Errors: unreadable, naming the bundled datasets.
  Result<std::string> network_path() const;

  /// How to read it.
  ReadOptions read_options() const;

  /// load_selection() for what adds up money: where ties name their reporters, each payment counts once, unless
  /// --reports asks otherwise. --weight is read where the command draws widths by it.
  Result<Selection> load_money();

  /// load_money() for a card about money. --weight may name a column of plain numbers instead, which is then
  /// capacity_column(). Errors: bad_argument where no tie states money and such columns exist.
  Result<Selection> load_capacities();

  /// The same selection in the other versions of what is reported twice, after load_money(): nothing where nothing
  /// is reported twice, or where --reports asked for one version.
  Result<std::vector<std::pair<std::string, Selection>>> other_reports();

  /// load(), then the selection options; load_money() where ties are weighed by amount. Nodes of kind country are left out where `without_countries` is
  /// set and the user has not asked for kinds of nodes (docs/decisions/0004).
  Result<Selection> load_selection(bool without_countries);

  /// What ties weigh, as tie_weights() takes it: --weight in this network, or what a projection gave its ties where no
  /// weight is asked for. After loading.
  const std::string& weight() const { return weight_; }

  /// True where ties are to be weighed by the money they state.
  bool weighs_by_amount() const { return selection.weight == "amount" || selection.weight == "word:amount"; }

  /// The column of plain numbers that stand in for amounts; empty: amounts. After load_capacities().
  const std::string& capacity_column() const { return capacity_column_; }

  /// The problem as a card gets it. The weights of a projection are strengths, and no lengths unless --weight asks.
  Problem problem_of(const Analysis& analysis) const;

  /// The node a name means. Errors: not_found, ambiguous.
  Result<NodeId> resolve(const NetworkPtr& network, const std::string& name);

  /// A group of nodes: names separated by commas, country:KR, kind:city; several such lists on lines of their own. A
  /// name that holds a comma is meant where it is a line of its own, or in double quotes as CSV has them.
  Result<std::vector<NodeId>> resolve_group(const NetworkPtr& network, const std::string& group);

  Provenance provenance(const Selection& selection, std::string algorithm, const Answer& answer) const;

  /// Prints the answer in the form asked for, to standard output or to the file asked for, whole or not
  /// at all. Errors: unwritable, bad_argument (a format that is unknown).
  Result<void> print(const Selection& selection, Answer answer);

  /// The same for answers that speak of no network.
  Result<void> print(Answer answer);

  /// Writes ready text to where the user wants it.
  Result<void> write(const std::string& text);

  /// The currency asked for with --currency. Errors: bad_argument for what is no ISO 4217 code.
  Result<std::optional<Currency>> currency() const;

  /// The form the output takes: table, csv, json or markdown.
  Result<std::string> format() const;

  /// A remark for people, on standard error.
  void note(const std::string& text) const;

 private:
  Result<void> print(const Selection* selection, Answer answer);
  Result<Selection> each_payment_once(NetworkPtr network, bool without_countries);
  Result<NetworkPtr> with_its_weight(NetworkPtr network);
  void weigh_as_projected(Selection& selected);
  Result<NetworkPtr> in_one_currency(NetworkPtr network);
  bool shows_progress() const;
  Result<std::vector<NodeId>> resolve_list(const NetworkPtr& network, const std::string& list);
  Result<Selection> select_from(const NetworkPtr& network, bool without_countries);
  std::optional<Reconciliation> reconciliation_;
  std::optional<Resolver> resolver_;
  std::vector<std::string> loading_notes_;  // what the reader guessed or refused
  std::vector<std::string> usage_notes_;
  std::string weight_, capacity_column_;
  bool weights_are_lengths_ = true;
};

/// The folder of the bundled datasets: ENTENTE_DATASETS, or `datasets` beside or above the program, or
/// share/entente/datasets of its prefix; empty if none is there.
std::string datasets_folder();

/// Names of the bundled datasets, sorted.
std::vector<std::string> bundled_datasets();

// The contract's pieces of JSON.
void write_node(JsonWriter& json, const Network& network, NodeId node, const std::vector<std::string>& languages);
void write_tie(JsonWriter& json, const Network& network, EdgeId tie);
void write_selection(JsonWriter& json, const Session& session, const Selection& selection);

/// Raised by Ctrl-C; see cli/interrupt.hpp.
const std::atomic<bool>& interrupt_flag();

/// The exit status of an error: 1 could not, 2 usage, 3 data, 4 name.
int exit_status(ErrorCode code);

}  // namespace entente
