#include "cli/command.hpp"

#include "engine/text.hpp"
#include "io/formats.hpp"
#include "io/write.hpp"

namespace entente {

CLI::App* add_command(CLI::App& app, Session& session, Action& action, const std::string& name,
                      const std::string& help, std::function<Result<void>()> run) {
  CLI::App* command = app.add_subcommand(name, help);
  command->fallthrough();
  command->add_option("NETWORK", session.network_name,
                      "a data package folder, a file, - for standard input, or the name of a bundled dataset")
      ->required();
  command->callback([&session, &action, name, run = std::move(run)] {
    session.command = name;
    action = run;
  });
  return command;
}

Result<void> names_a_network(const std::string& path, const std::string& option) {
  if (format_to_write(path)) return {};
  std::string endings;
  for (const Format& format : formats()) {
    if (!format.can_write() || format.folder) continue;
    for (const auto& ending : format.extensions) endings += (endings.empty() ? "" : ", ") + std::string(ending);
  }
  return fail(ErrorCode::bad_argument, "\"" + shortened(one_line(path), 80) + "\" names no format of networks by its ending. Known are " + endings +
                                           "; a folder is a data package.", "option " + option);
}

void add_selection_options(CLI::App& command, Session& session) {
  SelectionSpec& spec = session.selection.spec;
  const std::string group = "Selection";
  const auto list = [&](const std::string& flag, std::vector<std::string>& values, const std::string& help) {
    command.add_option(flag, values, help)->delimiter(',')->allow_extra_args(false)->group(group);
  };
  const auto word = [&](const std::string& flag, std::string& value, const std::string& help) {
    command.add_option(flag, value, help)->group(group);
  };
  list("--node-kind", spec.node_kinds, "only nodes of these kinds and their children");
  list("--edge-kind", spec.edge_kinds, "only ties of these kinds and their children");
  list("--status", spec.statuses, "only ties of these statuses");
  list("--country", spec.countries, "only nodes of these countries (ISO codes)");
  word("--since", spec.since, "only ties that may meet the time from this date on (EDTF)");
  word("--until", spec.until, "only ties that may meet the time up to this date (EDTF)");
  word("--component", spec.component, "largest, or the N-th largest component");
  word("--where", spec.where, "an expression such as \"amount > 1000000 and source.country = 'KR'\"");
  list("--project", spec.projections, "KIND[:count|newman|binary]: replace nodes of KIND by ties among their neighbours");
  word("--collapse", spec.collapse, "country, city, kind or a column: merge nodes that share a value");
  word("--agreements", spec.agreements, "as-stated, clique, star or node: how agreements of several parties are seen");
  CLI::Option* undirected = command.add_flag("--undirected", spec.undirected, "ignore directions")->group(group);
  command.add_flag("--directed", session.selection.directed, "take ties that state no direction as directed")->group(group)->excludes(undirected);
  command.add_flag("--all-kinds", spec.keep_hidden, "include the kinds of nodes that are hidden by default (persons; in measures and pictures countries)")->group(group);
  word("--weight", session.selection.weight, "the strength of a tie: none, count (of ties between two nodes), amount, or a numeric column (column:NAME is always one, word:count never); its length, for paths and spanning forests, is 1 / weight; for flows, the column of what ties can carry; in diagrams, what the widths of lines show (default amount)");
  word("--currency", session.selection.currency, "ISO code: amounts in this currency; others are converted where there are rates, and left out where not");
  word("--rates", session.selection.rates, "a table of rates: currency,date,usd, or as the ECB, the IMF or the World Bank publish them (default: rates.csv of NETWORK)");
  word("--rate-rule", session.selection.rate_rule, "value-date (the rate of the tie's date, the default), year-mean, or fixed:DATE");
  command.add_option("--days-back", session.selection.days_back, "how many days before a day without a rate an older one may be taken (default: 7)")->group(group);
  command.add_option("--prices", session.selection.prices, "the year in whose prices amounts are wanted; needs price indices")->check(CLI::Range(1, 9999))->group(group);
  word("--deflators", session.selection.deflators, "a table of price indices: currency,year,index, or as the World Bank or the IMF publish them (default: deflators.csv of NETWORK)");
  word("--reports", session.selection.reports, "reconciled, low, high or as-stated: which word holds where ties name their reporters (default: reconciled, where money is added up)");
  command.get_option("--reports")->check([](const std::string& given) {
    return std::string(given == "reconciled" || given == "low" || given == "high" || given == "as-stated"
                           ? "" : "must be one of: reconciled, low, high, as-stated");
  });
}

}  // namespace entente
