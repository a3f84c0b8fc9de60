#include "engine/simd.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "support/random_graphs.hpp"

#define ENTENTE_KERNEL "tests/engine/simd/count.kernel.hpp"
#include "engine/simd/each_isa.hpp"

using namespace entente;
using namespace entente::test;

TEST_CASE("simd: every instruction set says the same words with the same bits") {
  Random random(Seed{11});
  std::vector<std::uint64_t> bits(64);
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = i < 8 ? 0 : random.next() & random.next();
  std::vector<std::uint32_t> table(500), index(64);
  for (std::uint32_t& value : table) value = random.below(3) ? static_cast<std::uint32_t>(random.next()) : 0;
  for (std::uint32_t& at : index) at = static_cast<std::uint32_t>(random.below(table.size()));
  std::vector<double> terms(400);
  for (double& term : terms) term = random.unit() - 0.5;

  const auto spoken = [&] { return ENTENTE_DISPATCH(every_word)(bits, table, index, terms); };
  const simd::ForcedIsa plain(simd::Isa::portable);
  CHECK(simd::isa() == simd::Isa::portable);
  const auto portable = spoken();
  CHECK(portable[0] == 0);  // eight zero lanes
  CHECK(portable[1] == 0);
  for (const simd::Isa isa : {simd::Isa::avx2, simd::Isa::avx512}) {
    const simd::ForcedIsa forced(isa);
    CHECK(simd::isa() <= simd::best_isa());
    CHECK(spoken() == portable);
  }
  CHECK(simd::isa() == simd::Isa::portable);
}

TEST_CASE("simd: the words mean what they say") {
  using namespace portable;
  const simd::U64x8 lanes = lanes_where(0b10000101);
  for (int i = 0; i < 8; ++i) CHECK(lanes[i] == (i == 0 || i == 2 || i == 7 ? ~std::uint64_t{0} : 0));
  CHECK(popcount(lanes) == 192);
  CHECK(popcounts(lanes)[2] == 64);
  CHECK(any(lanes));
  CHECK_FALSE(any(lanes_where(0)));
  const simd::F64x8 numbers = {1, 2, 3, 4, 5, 6, 7, 8};
  CHECK(sum(numbers) == 36);
}
