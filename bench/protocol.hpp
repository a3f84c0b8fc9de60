#pragma once

// What a program under measurement does, ours and every peer alike: it loads one graph, says which
// kernels it has, and then runs one kernel whenever it is asked to, so that the driver can let programs take turns.
//
//   PROGRAM GRAPH.bin                      GRAPH.bin as bench/graphs.py or flow_instances.py writes it
//   < {"kernels": ["bfs", ...], "version": "..."}
//   > run bfs threads=1 source=17 values=/path        (values: write the whole answer there, untimed)
//   < {"wall": 0.0012, "cpu": 0.0012, "figures": {"reached": 200000}}
//   > quit
//
// Only the standard library is used here: peers include this file and nothing else of ours.

#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// An undirected graph as pairs of nodes with whole-number weights; simple. Or a flow network that flow_instances.py
/// made: arcs with capacities, perhaps parallel, never loops.
struct EdgeList {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> source, target, weight;
  bool directed = false;
  std::size_t size() const { return source.size(); }
};

inline EdgeList read_edges(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::uint32_t head[2] = {0, 0};
  file.read(reinterpret_cast<char*>(head), sizeof head);
  EdgeList edges{head[0], std::vector<std::uint32_t>(head[1]), std::vector<std::uint32_t>(head[1]), std::vector<std::uint32_t>(head[1]), false};
  for (auto* column : {&edges.source, &edges.target, &edges.weight}) {
    file.read(reinterpret_cast<char*>(column->data()), static_cast<std::streamsize>(column->size() * sizeof(std::uint32_t)));
  }
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  std::uint32_t last[3] = {0, 0, 0};  // of a flow network: the two ends, which every request names, and whether it is directed
  edges.directed = file.read(reinterpret_cast<char*>(last), sizeof last) && last[2] != 0;
  return edges;
}

/// What the driver asks for.
struct Request {
  std::string kernel;
  std::map<std::string, std::string> arguments;
  int threads = 1;

  double number(const std::string& name) const {
    const auto found = arguments.find(name);
    if (found == arguments.end()) throw std::runtime_error("the argument " + name + " is missing");
    return std::strtod(found->second.c_str(), nullptr);
  }
  std::uint32_t node(const std::string& name) const { return static_cast<std::uint32_t>(number(name)); }
};

/// What a kernel answers: numbers by name, and a list of numbers (one per node, or one per path).
struct Answer {
  std::map<std::string, double> figures;
  std::vector<double> values;
};

/// Times the one part of a kernel that counts; what is prepared before and converted after does not.
class Stopwatch {
 public:
  template <class Work>
  auto time(Work&& work) {
    start();
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      stop();
    } else {
      auto result = work();
      stop();
      return result;
    }
  }
  double wall() const { return wall_; }
  double cpu() const { return cpu_; }

 private:
  static double now(clockid_t clock) {
    timespec at{};
    clock_gettime(clock, &at);
    return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
  }
  void start() { cpu_ = -now(CLOCK_PROCESS_CPUTIME_ID), wall_ = -now(CLOCK_MONOTONIC); }
  void stop() { wall_ += now(CLOCK_MONOTONIC), cpu_ += now(CLOCK_PROCESS_CPUTIME_ID); }
  double wall_ = 0, cpu_ = 0;
};

using Kernel = std::function<Answer(const Request&, Stopwatch&)>;
using Kernels = std::map<std::string, Kernel>;

template <class Numbers>
std::vector<double> as_doubles(const Numbers& numbers) {
  std::vector<double> values;
  for (const auto& number : numbers) values.push_back(static_cast<double>(number));
  return values;
}

inline std::string json_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c == '\n' ? ' ' : c;
  }
  return quoted + "\"";
}

/// Answers requests until the driver has had enough.
inline int serve(const std::string& version, const Kernels& kernels) {
  std::FILE* driver = fdopen(dup(STDOUT_FILENO), "w");
  dup2(STDERR_FILENO, STDOUT_FILENO);  // whatever a library prints is not for the driver
  const auto say = [driver](const std::string& line) {
    std::fprintf(driver, "%s\n", line.c_str());
    std::fflush(driver);
  };
  std::string names;
  for (const auto& [name, kernel] : kernels) names += (names.empty() ? "" : ", ") + json_text(name);
  say("{\"version\": " + json_text(version) + ", \"kernels\": [" + names + "]}");

  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string verb, word;
    Request request;
    words >> verb >> request.kernel;
    if (verb != "run") break;
    while (words >> word) {
      const auto equals = word.find('=');
      request.arguments[word.substr(0, equals)] = equals == std::string::npos ? "" : word.substr(equals + 1);
    }
    try {
      request.threads = static_cast<int>(request.number("threads"));
      Stopwatch watch;
      const Answer answer = kernels.at(request.kernel)(request, watch);
      if (const auto path = request.arguments.find("values"); path != request.arguments.end()) {
        std::ofstream(path->second, std::ios::binary)
            .write(reinterpret_cast<const char*>(answer.values.data()), static_cast<std::streamsize>(answer.values.size() * sizeof(double)));
      }
      std::ostringstream out;
      out.precision(17);
      out << "{\"wall\": " << watch.wall() << ", \"cpu\": " << watch.cpu() << ", \"figures\": {";
      const char* comma = "";
      for (const auto& [name, value] : answer.figures) out << std::exchange(comma, ", ") << json_text(name) << ": " << value;
      say(out.str() + "}}");
    } catch (const std::exception& error) {
      say("{\"error\": " + json_text(error.what()) + "}");
    }
  }
  return 0;
}

}  // namespace bench
