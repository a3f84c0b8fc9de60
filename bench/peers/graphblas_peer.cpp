// SuiteSparse:GraphBLAS behind bench/protocol.hpp: the textbook formulations in linear algebra. (LAGraph, the library of
// tuned algorithms on top of it, is in no package manager.)

#include <complex>

extern "C" {
#include <GraphBLAS.h>
}

#include "bench/protocol.hpp"

namespace {

using bench::Answer;
using bench::Request;
using bench::Stopwatch;

void must(GrB_Info info) {
  if (info != GrB_SUCCESS && info != GrB_NO_VALUE) throw std::runtime_error("GraphBLAS error " + std::to_string(info));
}

std::vector<double> dense(GrB_Vector vector, GrB_Index n, double absent) {
  std::vector<double> values(n, absent);
  for (GrB_Index v = 0; v < n; ++v) GrB_Vector_extractElement_FP64(&values[v], vector, v);
  return values;
}

}  // namespace

int main(int, char** arguments) {
  const bench::EdgeList edges = bench::read_edges(arguments[1]);
  const GrB_Index n = edges.nodes, arcs = 2 * edges.size();
  must(GrB_init(GrB_NONBLOCKING));
  std::vector<GrB_Index> row, column;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    row.push_back(edges.source[i]), column.push_back(edges.target[i]);
    row.push_back(edges.target[i]), column.push_back(edges.source[i]);
  }
  GrB_Scalar yes;
  must(GrB_Scalar_new(&yes, GrB_BOOL));
  must(GrB_Scalar_setElement_BOOL(yes, true));
  const auto make = [&] {
    GrB_Matrix matrix;
    must(GrB_Matrix_new(&matrix, GrB_BOOL, n, n));
    must(GxB_Matrix_build_Scalar(matrix, row.data(), column.data(), yes, arcs));
    must(GrB_Matrix_wait(matrix, GrB_MATERIALIZE));
    return matrix;
  };
  const GrB_Matrix graph = make();
  GrB_Vector degree;
  must(GrB_Vector_new(&degree, GrB_FP64, n));
  {
    GrB_Vector ones;
    must(GrB_Vector_new(&ones, GrB_FP64, n));
    must(GrB_Vector_assign_FP64(ones, nullptr, nullptr, 1, GrB_ALL, n, nullptr));
    must(GrB_mxv(degree, nullptr, nullptr, GxB_PLUS_PAIR_FP64, graph, ones, nullptr));
    GrB_Vector_free(&ones);
  }
  const auto threads = [](const Request& request) { must(GxB_Global_Option_set(GxB_GLOBAL_NTHREADS, request.threads)); };

  bench::Kernels kernels;
  kernels["build"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    threads(request);
    GrB_Matrix made = watch.time(make);
    GrB_Index count = 0;
    must(GrB_Matrix_nvals(&count, made));
    GrB_Matrix_free(&made);
    return {{{"arcs", static_cast<double>(count)}}, {}};
  };
  kernels["bfs"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    threads(request);
    GrB_Vector hops, level;
    watch.time([&] {
      must(GrB_Vector_new(&hops, GrB_INT32, n));
      must(GrB_Vector_new(&level, GrB_BOOL, n));
      must(GrB_Vector_setElement_BOOL(level, true, request.node("source")));
      GrB_Index size = 1;
      for (int depth = 0; size > 0; ++depth) {
        must(GrB_Vector_assign_INT32(hops, level, nullptr, depth, GrB_ALL, n, GrB_DESC_S));
        must(GrB_vxm(level, hops, nullptr, GxB_ANY_PAIR_BOOL, level, graph, GrB_DESC_RSC));
        must(GrB_Vector_nvals(&size, level));
      }
    });
    Answer answer{{}, dense(hops, n, -1)};
    GrB_Vector_free(&hops);
    GrB_Vector_free(&level);
    return answer;
  };
  kernels["pagerank"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    threads(request);
    const double tolerance = request.number("tolerance"), damping = 0.85, count = static_cast<double>(n);
    GrB_Vector score, last, share;
    for (GrB_Vector* vector : {&score, &last, &share}) must(GrB_Vector_new(vector, GrB_FP64, n));
    watch.time([&] {
      must(GrB_Vector_assign_FP64(score, nullptr, nullptr, 1 / count, GrB_ALL, n, nullptr));
      for (double change = 1; change > tolerance;) {
        std::swap(score, last);
        must(GrB_Vector_eWiseMult_BinaryOp(share, nullptr, nullptr, GrB_DIV_FP64, last, degree, nullptr));
        must(GrB_Vector_apply_BinaryOp1st_FP64(share, nullptr, nullptr, GrB_TIMES_FP64, damping, share, nullptr));
        must(GrB_mxv(score, nullptr, nullptr, GxB_PLUS_SECOND_FP64, graph, share, nullptr));
        double passed = 0;  // what does not pass along an edge goes to all alike
        must(GrB_Vector_reduce_FP64(&passed, nullptr, GrB_PLUS_MONOID_FP64, score, nullptr));
        must(GrB_Vector_assign_FP64(score, nullptr, GrB_PLUS_FP64, (1 - passed) / count, GrB_ALL, n, nullptr));
        must(GrB_Vector_eWiseAdd_BinaryOp(last, nullptr, nullptr, GrB_MINUS_FP64, last, score, nullptr));
        must(GrB_Vector_apply(last, nullptr, nullptr, GrB_ABS_FP64, last, nullptr));
        must(GrB_Vector_reduce_FP64(&change, nullptr, GrB_PLUS_MONOID_FP64, last, nullptr));
      }
    });
    Answer answer{{}, dense(score, n, 0)};
    for (GrB_Vector* vector : {&score, &last, &share}) GrB_Vector_free(vector);
    return answer;
  };
  kernels["triangles"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    threads(request);
    std::int64_t total = 0;
    watch.time([&] {
      GrB_Matrix lower, closed;
      must(GrB_Matrix_new(&lower, GrB_BOOL, n, n));
      must(GrB_Matrix_new(&closed, GrB_INT64, n, n));
      must(GrB_Matrix_select_INT64(lower, nullptr, nullptr, GrB_TRIL, graph, -1, nullptr));
      must(GrB_mxm(closed, lower, nullptr, GxB_PLUS_PAIR_INT64, lower, lower, GrB_DESC_ST1));
      must(GrB_Matrix_reduce_INT64(&total, nullptr, GrB_PLUS_MONOID_INT64, closed, nullptr));
      GrB_Matrix_free(&lower);
      GrB_Matrix_free(&closed);
    });
    return {{{"triangles", static_cast<double>(total)}}, {}};
  };
  return bench::serve(std::to_string(GxB_IMPLEMENTATION_MAJOR) + "." + std::to_string(GxB_IMPLEMENTATION_MINOR), kernels);
}
