#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/cut_tree.hpp"
#include "algorithms/flow/gomory_hu.hpp"
#include "algorithms/flow/unstated.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

struct GomoryHuOptions {
  std::int64_t most_terminals = 200;
};

struct GomoryHuAnswer {
  NodeColumn<std::int64_t> home;
  std::int64_t terminals = 0;
  std::optional<std::int64_t> least, greatest;
  Listing table;
  std::vector<std::string> notes;
};

struct Terminals {
  std::vector<NodeId> nodes;
  std::size_t left_out = 0;   // by the bound on their number
  std::size_t unmoneyed = 0;  // bodies without a stated tie to another one
};

/// What all ties of each node to others can carry.
std::vector<Int128> strengths(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity) {
  std::vector<Int128> strength(graph.node_count(), 0);
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    if (source == target) continue;
    strength[source.index] += capacity[edge];
    strength[target.index] += capacity[edge];
  }
  return strength;
}

/// The named bodies, or the strongest of all, by falling strength.
Result<Terminals> terminals_of(const Problem& problem, const Symmetric& graph, const GomoryHuOptions& options) {
  const std::vector<Int128> strength = strengths(graph, problem.money->units);
  Terminals terminals;
  std::vector<NodeId>& nodes = terminals.nodes;
  nodes = problem.from;
  nodes.insert(nodes.end(), problem.to.begin(), problem.to.end());
  const bool named = !nodes.empty();
  for (const NodeId v : nodes) {
    if (v.index >= graph.node_count()) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
    }
  }
  if (!named) {
    for (const NodeId v : graph.nodes()) {
      if (strength[v.index] > 0) nodes.push_back(v);
      else ++terminals.unmoneyed;
    }
  }
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  std::ranges::stable_sort(nodes, std::ranges::greater{}, [&](NodeId v) { return strength[v.index]; });
  const auto most = static_cast<std::size_t>(options.most_terminals);
  if (nodes.size() > most) terminals.left_out = nodes.size() - most, nodes.resize(most);
  return terminals;
}

Result<GomoryHuAnswer> tree_of_cuts(const Problem& problem, const GomoryHuOptions& options, const Job& job) {
  const auto graph = symmetric_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, (*graph)->both_ways());
  if (!money) return tl::unexpected(money.error());
  for (const EdgeId edge : (*graph)->edges()) {
    if ((*money)->units[edge] >= 0) continue;
    return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the capacity " +
                                             std::to_string((*money)->units[edge]) + "; a capacity must be at least 0.");
  }
  const auto terminals = terminals_of(problem, **graph, options);
  if (!terminals) return tl::unexpected(terminals.error());
  const auto tree = cut_tree(**graph, (*money)->units, terminals->nodes, job);
  if (!tree) return tl::unexpected(tree.error());

  GomoryHuAnswer answer;
  answer.terminals = static_cast<std::int64_t>(terminals->nodes.size());
  answer.home = NodeColumn<std::int64_t>((*graph)->node_count(), -1);
  for (std::size_t v = 0; v < tree->home.size(); ++v) {
    answer.home.values()[v] = static_cast<std::int64_t>(tree->home.values()[v].index);
  }
  answer.table = {
      "tree", "Cut tree: between two bodies passes at most the smallest amount on the way", {}, {}, true, ""};
  answer.table.columns = {{"node", "", "a body"},
                          {"parent", "", "the body that it hangs on"},
                          {"amount", "money", "the most that can pass between them, directions ignored"}};
  for (const auto& [node, parent, amount] : tree->branches) {
    answer.table.rows.push_back({node, parent, MoneyUnits{amount}});
    answer.least = std::min(answer.least.value_or(amount), amount);
    answer.greatest = std::max(answer.greatest.value_or(amount), amount);
  }
  if (terminals->left_out > 0) {
    answer.table.complete = false;
    answer.table.completeness = "the " + std::to_string(terminals->nodes.size()) + " strongest of " +
                                std::to_string(terminals->nodes.size() + terminals->left_out) +
                                " bodies; name bodies, or raise most-terminals, for others";
  }
  if (terminals->unmoneyed > 0) {
    answer.notes.push_back(counted(terminals->unmoneyed, "node") +
                           " with no stated amount on a tie to another one left out: nothing passes there.");
  }
  if (terminals->nodes.size() < 2) {
    answer.notes.push_back("A cut parts two bodies, and there are not two to be parted.");
  }
  const std::size_t unstated = unstated_ties(problem);
  if (unstated > 0) answer.notes.push_back(unstated_note(unstated));
  return answer;
}

void list_tree(GomoryHuAnswer& answer, Findings& findings) {
  findings.complete = answer.table.complete;
  findings.completeness = findings.complete ? "complete: holds every pair of these bodies" : answer.table.completeness;
  findings.notes = std::move(answer.notes);
  findings.listings.push_back(std::move(answer.table));
}

Result<std::string> verify_gomory_hu(const Problem& problem, const GomoryHuOptions&, const Findings& findings) {
  const auto graph = symmetric_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, (*graph)->both_ways());
  if (!money) return tl::unexpected(money.error());
  const auto* home =
      findings.per_node.empty() ? nullptr : std::get_if<NodeColumn<std::int64_t>>(&findings.per_node[0].second);
  if (!home || findings.listings.empty()) return fail(ErrorCode::bad_argument, "These findings hold no tree.");
  CutTree tree;
  for (const auto& row : findings.listings[0].rows) {
    const auto* node = row.size() == 3 ? std::get_if<NodeId>(&row[0]) : nullptr;
    const auto* parent = row.size() == 3 ? std::get_if<NodeId>(&row[1]) : nullptr;
    const auto* amount = row.size() == 3 ? std::get_if<MoneyUnits>(&row[2]) : nullptr;
    if (!node || !parent || !amount) return fail(ErrorCode::bad_argument, "A row of the tree is not whole.");
    tree.branches.push_back({*node, *parent, amount->units});
  }
  for (const std::int64_t v : home->values()) {
    const bool is_node = v >= 0 && v < static_cast<std::int64_t>((*graph)->node_count());
    if (!is_node && !tree.branches.empty()) return fail(ErrorCode::bad_argument, "A node is at home at no terminal.");
    tree.home.push_back(NodeId{is_node ? static_cast<std::uint32_t>(v) : 0});
  }
  return check_cut_tree(**graph, (*money)->units, tree).map([] {
    return std::string("verified: each branch is a cut of its amount, so no more can pass between any two bodies; "
                       "that as much can is not checked here (max-flow proves it pair by pair).");
  });
}

}  // namespace

Card gomory_hu_card() {
  return describe<GomoryHuOptions, GomoryHuAnswer>("gomory-hu", "flow")
      .summary("One tree that holds the most money that can pass between any two of some bodies, directions ignored.")
      .cost("a maximum flow for each body but one over the ties that state an amount, O(k n^2 m) at worst for k bodies; "
            "the certificate O(m k) at worst, mostly O(m)")
      .convention(
          "Every tie carries either way, up to its amount in one net direction; parallel ties add up, a self-loop "
          "carries nothing, a tie that states no amount nothing. The bodies are those named as sources or targets, "
          "or all that have money on a tie to another one; at most most_terminals of them, the strongest "
          "first (sum of amounts, ties by id), and the listing says so. Bodies of different components are parted by a "
          "cut of 0. Negative amounts and sums beyond 64 bits are refused.")
      .takes_ends()
      .needs_money()
      .option("most_terminals", &GomoryHuOptions::most_terminals, {2, 100000},
              "at most so many bodies, the strongest")
      .per_node("home", &GomoryHuAnswer::home, "",
                "index of the body on whose side of every cut the node lies; -1: none")
      .figure("terminals", &GomoryHuAnswer::terminals, "nodes", "bodies in the tree")
      .figure("least", &GomoryHuAnswer::least, "money", "the least that can pass between any two of them")
      .figure("greatest", &GomoryHuAnswer::greatest, "money", "the most that can pass between some two of them")
      .also(list_tree)
      .source("gomory1961multi")
      .source("gusfield1990very")
      .verified_by(verify_gomory_hu)
      .runs(tree_of_cuts);
}

}  // namespace entente
