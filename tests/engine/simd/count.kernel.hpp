// Every word of the vocabulary once, for the test that compares the variants.

namespace entente::ENTENTE_ISA {

inline std::vector<std::uint64_t> every_word(const std::vector<std::uint64_t>& bits,
                                             const std::vector<std::uint32_t>& table,
                                             const std::vector<std::uint32_t>& index,
                                             const std::vector<double>& terms) {
  std::vector<std::uint64_t> said;
  for (std::size_t i = 0; i + 8 <= bits.size(); i += 8) {
    const U64x8 lanes = load<U64x8>(bits.data() + i);
    said.push_back(any(lanes));
    said.push_back(popcount(lanes));
    const U64x8 stored = popcounts(lanes) + (lanes & lanes_where(static_cast<std::uint32_t>(bits[i] & 255)));
    said.resize(said.size() + 8);
    store(said.data() + said.size() - 8, stored);
  }
  for (std::size_t i = 0; i + 16 <= index.size(); i += 16) {
    const U32x16 read = gather(table.data(), index.data() + i);
    const U32x16 again = gather(table.data(), load<U32x16>(index.data() + i));
    for (int lane = 0; lane < 16; ++lane) said.push_back(std::uint64_t{read[lane]} << 32 | again[lane]);
    said.push_back(count_nonzero(read));
  }
  F64x8 total = {};
  for (std::size_t i = 0; i + 8 <= terms.size(); i += 8) {
    const F64x8 lanes = load<F64x8>(terms.data() + i);
    total += lanes * lanes + (lanes < total ? lanes : -lanes);
  }
  said.push_back(std::bit_cast<std::uint64_t>(sum(total)));
  return said;
}

}  // namespace entente::ENTENTE_ISA
