#pragma once

#include <gvc.h>

#include <charconv>
#include <cstdio>
#include <string>

// Private to the sources that call Graphviz: its C interface, made safe to call from here.

namespace entente {

/// A graph of Graphviz that frees its layout and itself.
class GvGraph {
 public:
  GvGraph(GVC_t* context, bool directed)
      : context_(context), graph_(agopen(const_cast<char*>("G"), directed ? Agdirected : Agundirected, nullptr)) {}
  GvGraph(const GvGraph&) = delete;
  GvGraph& operator=(const GvGraph&) = delete;
  ~GvGraph() {
    if (laid_out_) gvFreeLayout(context_, graph_);
    agclose(graph_);
  }

  Agraph_t* get() const { return graph_; }
  bool lay_out(const std::string& engine) {
    laid_out_ = gvLayout(context_, graph_, engine.c_str()) == 0;
    return laid_out_;
  }
  Agnode_t* add_node(const std::string& name, Agraph_t* within = nullptr) {
    return agnode(within ? within : graph_, const_cast<char*>(name.c_str()), 1);
  }
  /// Edges without a name are told apart by Graphviz.
  Agedge_t* add_edge(Agnode_t* from, Agnode_t* to, const std::string& name) {
    return agedge(graph_, from, to, name.empty() ? nullptr : const_cast<char*>(name.c_str()), 1);
  }
  Agraph_t* add_cluster(const std::string& name) { return agsubg(graph_, const_cast<char*>(name.c_str()), 1); }

  void node_default(const char* name, const std::string& value) { declare(AGNODE, name, value); }
  void edge_default(const char* name, const std::string& value) { declare(AGEDGE, name, value); }

 private:
  void declare(int kind, const char* name, const std::string& value) {
    agattr(graph_, kind, const_cast<char*>(name), const_cast<char*>(value.c_str()));
  }

  GVC_t* context_;
  Agraph_t* graph_;
  bool laid_out_ = false;
};

/// Sets an attribute as plain text: never markup, whatever it begins with.
inline void gv_set(void* object, const char* name, const std::string& value) {
  agsafeset(object, const_cast<char*>(name), const_cast<char*>(value.c_str()), const_cast<char*>(""));
}

/// A number as Graphviz reads it, whatever the locale.
inline std::string gv_number(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 2);
  return std::string(digits, end.ptr);
}

}  // namespace entente
