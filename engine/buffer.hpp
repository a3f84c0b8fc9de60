#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace entente {

/// Raw memory for large arrays: aligned to a cache line, and to 2 MiB where it is large enough for huge
/// pages, which the system is then asked for. Errors: std::bad_alloc.
void* allocate_array(std::size_t bytes);
void free_array(void* memory, std::size_t bytes) noexcept;

/// Bytes that the buffers of this process hold, and the most they held since reset_peak().
struct ArrayMemory {
  std::size_t held = 0, peak = 0;
};
ArrayMemory array_memory();
void reset_array_peak();

/// An array of fixed length for the state of kernels. Unlike a std::vector it does not write its
/// memory before its owner does: an array about to be filled is not filled twice, and the pages of a
/// large one come into being where they are first used.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  using value_type = T;

  Buffer() = default;
  /// `size` values that are not set.
  explicit Buffer(std::size_t size)
      : data_(size ? static_cast<T*>(allocate_array(bytes_of(size))) : nullptr), size_(size) {}
  Buffer(std::size_t size, T value) : Buffer(size) { std::fill_n(data_, size, value); }
  Buffer(std::initializer_list<T> values) : Buffer(values.size()) { std::copy(values.begin(), values.end(), data_); }
  Buffer(Buffer&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    Buffer old(std::move(other));
    return *this;
  }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() {
    if (data_) free_array(data_, bytes_of(size_));
  }

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }

  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

  std::span<T> span() { return {data(), size_}; }
  std::span<const T> span() const { return {data(), size_}; }

  void fill(T value) { std::fill_n(data(), size_, value); }

  /// The same memory as values of a type that wraps one T and nothing else, such as an id its index; nothing is copied.
  template <class Wrapper>
  Buffer<Wrapper> wrapped() && {
    static_assert(sizeof(Wrapper) == sizeof(T) && alignof(Wrapper) == alignof(T) && std::is_standard_layout_v<Wrapper>);
    Buffer<Wrapper> other;
    other.data_ = reinterpret_cast<Wrapper*>(std::exchange(data_, nullptr));
    other.size_ = std::exchange(size_, 0);
    return other;
  }

 private:
  template <class>
  friend class Buffer;
  static std::size_t bytes_of(std::size_t size) {
    return size > std::size_t{1} << 60 ? ~std::size_t{0} : size * sizeof(T);  // refused by allocate_array
  }
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace entente
