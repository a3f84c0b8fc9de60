#include "engine/hub_first.hpp"

#include <mutex>
#include <utility>

#include "engine/edge_list.hpp"

namespace entente {

namespace {

/// What is built once for everybody is not given up because one caller lost patience.
Job uncancelled(const Job& job) {
  Job same;
  same.threads = job.threads;
  return same;
}

}  // namespace

struct HubFirst::Later {
  std::once_flag in_once, out_edge_once, in_edge_once;
  Rows in;
  Buffer<std::uint32_t> out_edge, in_edge;
};

HubFirst::HubFirst(std::shared_ptr<const EdgeList> edges, const Job& job)
    : edges_(std::move(edges)), rank_of_(ranks_by_degree(*edges_)), node_at_(rank_of_.size()), later_(new Later) {
  for (std::size_t v = 0; v < rank_of_.size(); ++v) node_at_[rank_of_[v]] = static_cast<std::uint32_t>(v);
  out_ = build_rows(*edges_, RowsOf::sources, rank_of_.span(), nullptr, uncancelled(job));
}

HubFirst::~HubFirst() = default;

bool HubFirst::symmetric() const { return edges_->ways == EdgeList::Ways::both; }

const Rows& HubFirst::in(const Job& job) const {
  if (symmetric()) return out_;
  std::call_once(later_->in_once, [&] {
    later_->in = build_rows(*edges_, RowsOf::targets, rank_of_.span(), nullptr, uncancelled(job));
  });
  return later_->in;
}

const Buffer<std::uint32_t>& HubFirst::out_edge(const Job& job) const {
  std::call_once(later_->out_edge_once, [&] {
    build_rows(*edges_, RowsOf::sources, rank_of_.span(), &later_->out_edge, uncancelled(job));
  });
  return later_->out_edge;
}

const Buffer<std::uint32_t>& HubFirst::in_edge(const Job& job) const {
  if (symmetric()) return out_edge(job);
  std::call_once(later_->in_edge_once, [&] {
    build_rows(*edges_, RowsOf::targets, rank_of_.span(), &later_->in_edge, uncancelled(job));
  });
  return later_->in_edge;
}

}  // namespace entente
