#include "algorithms/centrality/betweenness_pieces.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include "algorithms/cohesion/bicomponents.hpp"

namespace entente {

namespace {

constexpr std::uint32_t no_member = std::numeric_limits<std::uint32_t>::max();

/// Calls `visit(piece, v, place)` for each node v != u that an arc leads to, once, with the piece the arc is in.
template <class Visit>
void for_each_piece_arc(const Graph& graph, const EdgeColumn<std::int64_t>* piece_of, NodeId u, Visit&& visit) {
  const ArcRange arcs = graph.out(u);
  NodeId last = u;
  for (std::size_t i = 0; i < arcs.size(); ++i) {
    const auto [v, edge] = arcs.begin()[static_cast<std::ptrdiff_t>(i)];
    if (v != last && v != u) {
      visit(piece_of ? static_cast<std::size_t>((*piece_of)[edge]) : std::size_t{0}, v, static_cast<std::uint32_t>(i));
    }
    last = v;
  }
}

/// Builds members and rows. `current[p]` is the last member of piece p: nodes come one after the other, so it
/// says whether the node at hand has become a member already.
class PieceBuilder {
 public:
  PieceBuilder(const Graph& graph, const EdgeColumn<std::int64_t>* piece_of, std::size_t count)
      : graph_(graph), hubs_(graph.hub_first()), piece_of_(piece_of), count_(count) {}

  BetweennessPieces build(bool with_places) {
    number_members();
    fill_rows(with_places);
    return std::move(pieces_);
  }

 private:
  void number_members() {
    std::vector<std::uint32_t> size(count_, 0), current(count_, no_member);
    pieces_.first.assign(count_ + 1, 0);
    if (!piece_of_) {  // one piece: whoever has an arc of any direction
      std::vector<std::uint8_t> touched(graph_.node_count(), 0);
      for (const NodeId u : graph_.nodes()) {
        for_each_piece_arc(graph_, nullptr, u, [&](std::size_t, NodeId v, std::uint32_t) {
          touched[u.index] = touched[v.index] = 1;
        });
      }
      std::ranges::copy_if(hubs_.node_at(), std::back_inserter(pieces_.node),
                           [&](std::uint32_t u) { return touched[u] != 0; });
      pieces_.first[1] = static_cast<std::uint32_t>(pieces_.node.size());
      return;
    }
    for_each_membership(current, [&](std::size_t piece, NodeId) { ++size[piece]; });
    std::inclusive_scan(size.begin(), size.end(), pieces_.first.begin() + 1);
    pieces_.node.resize(pieces_.first.back());
    std::vector<std::uint32_t> at(pieces_.first.begin(), pieces_.first.end() - 1);
    current.assign(count_, no_member);
    for_each_membership(current, [&](std::size_t piece, NodeId u) { pieces_.node[at[piece]++] = u.index; });
  }

  template <class Visit>
  void for_each_membership(std::vector<std::uint32_t>& last_node, Visit&& visit) {
    for (const std::uint32_t index : hubs_.node_at()) {
      const NodeId u{index};
      for_each_piece_arc(graph_, piece_of_, u, [&](std::size_t piece, NodeId, std::uint32_t) {
        if (last_node[piece] == index) return;
        last_node[piece] = index;
        visit(piece, u);
      });
    }
  }

  void fill_rows(bool with_places) {
    // Rows of members: first their lengths, then the arcs as (neighbour, place), then neighbours as numbers.
    const std::size_t members = pieces_.node.size();
    std::vector<std::uint64_t> begin(members + 1, 0);
    for_each_arc([&](std::uint32_t member, NodeId, std::uint32_t) { ++begin[member + 1]; });
    std::inclusive_scan(begin.begin(), begin.end(), begin.begin());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> arc(begin.back());
    std::vector<std::uint64_t> at(begin.begin(), begin.end() - 1);
    for_each_arc([&](std::uint32_t member, NodeId v, std::uint32_t place) { arc[at[member]++] = {v.index, place}; });

    std::vector<std::uint32_t> number(graph_.node_count());
    for (std::size_t p = 0; p < count_; ++p) {
      for (std::uint32_t m = pieces_.first[p]; m < pieces_.first[p + 1]; ++m) {
        number[pieces_.node[m]] = m - pieces_.first[p];
      }
      for (std::uint64_t a = begin[pieces_.first[p]]; a < begin[pieces_.first[p + 1]]; ++a) {
        arc[a].first = number[arc[a].first];
      }
    }
    pieces_.out.begin = Buffer<std::uint64_t>(members + 1);
    std::ranges::copy(begin, pieces_.out.begin.begin());
    pieces_.out.node = Buffer<std::uint32_t>(arc.size());
    if (with_places) pieces_.place.resize(arc.size());
    for (std::size_t m = 0; m < members; ++m) {
      std::sort(arc.begin() + static_cast<std::ptrdiff_t>(begin[m]),
                arc.begin() + static_cast<std::ptrdiff_t>(begin[m + 1]));
    }
    for (std::size_t a = 0; a < arc.size(); ++a) {
      pieces_.out.node[a] = arc[a].first;
      if (with_places) pieces_.place[a] = arc[a].second;
    }
  }

  template <class Visit>
  void for_each_arc(Visit&& visit) {
    std::vector<std::uint32_t> next(pieces_.first.begin(), pieces_.first.end() - 1), member(count_, no_member);
    std::vector<std::uint32_t> last_node(count_, no_member);
    for (const std::uint32_t index : hubs_.node_at()) {
      for_each_piece_arc(graph_, piece_of_, NodeId{index}, [&](std::size_t piece, NodeId v, std::uint32_t place) {
        if (last_node[piece] != index) {
          last_node[piece] = index;
          while (pieces_.node[next[piece]] != index) ++next[piece];  // members without arcs out have no row
          member[piece] = next[piece]++;
        }
        visit(member[piece], v, place);
      });
    }
  }

  const Graph& graph_;
  const HubFirst& hubs_;
  const EdgeColumn<std::int64_t>* piece_of_;
  std::size_t count_;
  BetweennessPieces pieces_;
};

/// Walks the tree of pieces and nodes of each component and hangs on every member what is outside its piece.
class BlockTree {
 public:
  BlockTree(BetweennessPieces& pieces, std::size_t node_count)
      : pieces_(pieces), member_begin_(node_count + 1, 0), below_node_(node_count, 1),
        below_piece_(pieces.count(), 0), above_piece_(pieces.count(), no_member), above_node_(node_count, no_member) {
    for (const std::uint32_t v : pieces.node) ++member_begin_[v + 1];
    std::inclusive_scan(member_begin_.begin(), member_begin_.end(), member_begin_.begin());
    member_of_node_.resize(pieces.node.size());
    piece_of_member_.resize(pieces.node.size());
    std::vector<std::uint32_t> at(member_begin_.begin(), member_begin_.end() - 1);
    for (std::uint32_t p = 0; p < pieces.count(); ++p) {
      for (std::uint32_t m = pieces.first[p]; m < pieces.first[p + 1]; ++m) {
        piece_of_member_[m] = p;
        member_of_node_[at[pieces.node[m]]++] = m;
      }
    }
  }

  void weigh() {
    pieces_.weight.assign(pieces_.node.size(), 1);
    pieces_.between.assign(below_node_.size(), 0);
    pieces_.reached.assign(below_node_.size(), 0);
    std::vector<std::uint8_t> seen(below_node_.size(), 0);
    for (std::uint32_t root = 0; root < below_node_.size(); ++root) {
      if (seen[root] || member_begin_[root] == member_begin_[root + 1]) continue;
      const std::vector<std::uint32_t> order = nodes_from(root, seen);
      for (auto v = order.rbegin(); v != order.rend(); ++v) count_below(*v);
      for (const std::uint32_t v : order) weigh_members_of(v, below_node_[root]);
    }
  }

 private:
  std::vector<std::uint32_t> nodes_from(std::uint32_t root, std::vector<std::uint8_t>& seen) {
    std::vector<std::uint32_t> order{root};
    seen[root] = 1;
    for (std::size_t head = 0; head < order.size(); ++head) {
      for (const std::uint32_t m : members_of(order[head])) {
        const std::uint32_t p = piece_of_member_[m];
        if (above_piece_[p] != no_member) continue;
        above_piece_[p] = m;
        for (std::uint32_t other = pieces_.first[p]; other < pieces_.first[p + 1]; ++other) {
          if (other == m) continue;
          const std::uint32_t v = pieces_.node[other];
          above_node_[v] = p;
          seen[v] = 1;
          order.push_back(v);
        }
      }
    }
    return order;
  }

  void count_below(std::uint32_t v) {
    for (const std::uint32_t m : members_of(v)) {
      if (above_piece_[piece_of_member_[m]] == m) below_node_[v] += below_piece_[piece_of_member_[m]];
    }
    if (above_node_[v] != no_member) below_piece_[above_node_[v]] += below_node_[v];
  }

  void weigh_members_of(std::uint32_t v, std::uint64_t component) {
    std::uint64_t in_same_branch = 0;
    for (const std::uint32_t m : members_of(v)) {
      const std::uint32_t p = piece_of_member_[m];
      const std::uint64_t branch = above_piece_[p] == m ? below_piece_[p] : component - below_node_[v];
      pieces_.weight[m] = static_cast<double>(component - branch);
      in_same_branch += branch * branch;
    }
    pieces_.reached[v] = component - 1;
    pieces_.between[v] = (component - 1) * (component - 1) - in_same_branch;
  }

  std::span<const std::uint32_t> members_of(std::uint32_t v) const {
    return {member_of_node_.data() + member_begin_[v], member_begin_[v + 1] - member_begin_[v]};
  }

  BetweennessPieces& pieces_;
  std::vector<std::uint32_t> member_begin_, member_of_node_, piece_of_member_;
  std::vector<std::uint64_t> below_node_, below_piece_;   // nodes in the tree from here down, itself included
  std::vector<std::uint32_t> above_piece_, above_node_;   // member above a piece, piece above a node
};

/// Sources in the order of a breadth-first search from the largest hub: those of a batch are near each other, reach
/// most nodes in the same number of steps, and so share their levels.
void order_sources(BetweennessPieces& pieces) {
  std::vector<std::uint8_t> seen;
  pieces.source_begin.assign(1, 0);
  std::vector<std::uint32_t> queue;
  for (std::size_t p = 0; p < pieces.count(); ++p) {
    const BatchGraph graph = pieces.graph(p);
    seen.assign(graph.node_count, 0);
    queue.clear();
    for (std::uint32_t root = 0; root < graph.node_count; ++root) {
      if (seen[root]) continue;
      seen[root] = 1;
      std::size_t head = queue.size();
      for (queue.push_back(root); head < queue.size(); ++head) {
        for (std::uint64_t a = graph.out_begin[queue[head]]; a < graph.out_begin[queue[head] + 1]; ++a) {
          if (std::exchange(seen[graph.out[a]], std::uint8_t{1})) continue;
          queue.push_back(graph.out[a]);
        }
      }
    }
    std::ranges::copy_if(queue, std::back_inserter(pieces.source), [&](std::uint32_t s) {
      return graph.out_begin[s] < graph.out_begin[s + 1];
    });
    pieces.source_begin.push_back(static_cast<std::uint32_t>(pieces.source.size()));
  }
}

/// The rows turned round, for one piece.
Rows arrivals(const Rows& out) {
  Rows in;
  in.begin = Buffer<std::uint64_t>(out.node_count() + 1, std::uint64_t{0});
  in.node = Buffer<std::uint32_t>(out.arc_count());
  for (const std::uint32_t v : out.node) ++in.begin[v + 1];
  std::inclusive_scan(in.begin.begin(), in.begin.end(), in.begin.begin());
  std::vector<std::uint64_t> at(in.begin.begin(), in.begin.end());
  for (std::uint32_t u = 0; u < out.node_count(); ++u) {
    for (const std::uint32_t v : out[u]) in.node[at[v]++] = u;
  }
  return in;
}

}  // namespace

BatchGraph BetweennessPieces::graph(std::size_t piece) const {
  const bool both_ways = in.node.empty();
  const std::uint32_t m = first[piece];
  return {size(piece),
          out.begin.data() + m,
          out.node.data(),
          both_ways ? out.begin.data() + m : in.begin.data() + m,
          both_ways ? out.node.data() : in.node.data(),
          weight.data() + m};
}

std::vector<double> lengths_of_arcs(const Graph& graph, const BetweennessPieces& pieces,
                                    const EdgeColumn<double>& length) {
  std::vector<double> of_arc(pieces.out.arc_count(), std::numeric_limits<double>::infinity());
  for (std::size_t m = 0; m < pieces.node.size(); ++m) {
    for (std::uint64_t a = pieces.out.begin[m]; a < pieces.out.begin[m + 1]; ++a) {
      for_each_parallel(graph, NodeId{pieces.node[m]}, pieces.place[a],
                        [&](EdgeId edge) { of_arc[a] = std::min(of_arc[a], length[edge]); });
    }
  }
  return of_arc;
}

Result<BetweennessPieces> betweenness_pieces(const Graph& graph, const Symmetric* symmetric, bool with_places,
                                             const Job& job) {
  graph.hub_first(job);
  if (!symmetric) {
    BetweennessPieces pieces = PieceBuilder(graph, nullptr, 1).build(with_places);
    pieces.weight.assign(pieces.node.size(), 1);
    pieces.between.assign(graph.node_count(), 0);
    pieces.reached.assign(graph.node_count(), 0);
    pieces.in = arrivals(pieces.out);
    order_sources(pieces);
    return pieces;
  }
  const auto blocks = bicomponents(*symmetric, job);
  if (!blocks) return tl::unexpected(blocks.error());
  BetweennessPieces pieces =
      PieceBuilder(graph, &blocks->bicomponent, static_cast<std::size_t>(blocks->count)).build(with_places);
  BlockTree(pieces, graph.node_count()).weigh();
  order_sources(pieces);
  return pieces;
}

}  // namespace entente
