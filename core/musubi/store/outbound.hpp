#pragma once
/// What a store says to its browser beside its State: stream operations, upload operations, events.

#include <array>
#include <cstdint>
#include <string_view>

#include <musubi/json/writer.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

/// The page's queue of what leaves with the next envelope. Bounded: a page that says more than fits
/// while its browser is behind ends, and is mounted afresh, since the browser has missed something.
class outbound {
 public:
  /// In which order things of one store leave (contract sections 5.3 and 7.5).
  enum class kind : std::uint8_t { stream_reset, stream_insert, stream_delete, upload, event };

  /// Starts one thing to say for the store `store_id`, of its stream `ref`; null when there is no
  /// room, and then the page has ended.
  [[nodiscard]] virtual json::writer* begin(kind what, std::string_view store_id,
                                            std::uint8_t ref) noexcept = 0;
  virtual void end() noexcept = 0;
  /// A stream that is reset twice in one cycle is reset once.
  [[nodiscard]] virtual bool resetting(std::string_view store_id,
                                       std::uint8_t ref) const noexcept = 0;
  /// Takes back the events of a store.
  virtual void drop_events(std::string_view store_id) noexcept = 0;

 protected:
  ~outbound() = default;
};

inline void context::drop_events() noexcept {
  if (auto* out = find<outbound>()) out->drop_events(store_id());
}

namespace detail {

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

}  // namespace detail
}  // namespace musubi
