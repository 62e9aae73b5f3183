#pragma once
/// The refs of one store's streams on the wire.

#include <array>
#include <cstddef>
#include <cstdint>

namespace musubi::detail {

/// The streams of one store that were used, in the order of their first use: their refs.
class stream_refs {
 public:
  stream_refs(const char** names, std::uint8_t count) noexcept : names_(names), count_(count) {}
  /// The ref of the stream whose name is kept at `name`; `none` when there are too many.
  static constexpr std::uint8_t none = 255;
  [[nodiscard]] std::uint8_t of(const char* name) noexcept {
    for (std::uint8_t i = 0; i < count_; ++i) {
      if (names_[i] == nullptr) names_[i] = name;
      if (names_[i] == name) return i;
    }
    return none;
  }

 private:
  const char** names_;
  std::uint8_t count_;
};

template <std::size_t Count>
struct stream_names {
  std::array<const char*, Count> names{};
};
template <std::size_t Count>
struct stream_table : stream_names<Count>, stream_refs {
  stream_table() noexcept : stream_refs(this->names.data(), Count) {}
};

}  // namespace musubi::detail
