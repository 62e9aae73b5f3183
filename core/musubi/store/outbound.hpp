#pragma once
/// What a store says to its browser beside its State: stream operations, upload operations, events.

#include <array>
#include <cstdint>
#include <string_view>

#include <musubi/json/writer.hpp>
#include <musubi/store/context.hpp>

namespace musubi {

/// An upload operation that is put into words when it leaves, since only the latest of it counts.
class late_operation {
 public:
  late_operation() noexcept = default;
  late_operation(const late_operation&) = delete;
  late_operation& operator=(const late_operation&) = delete;
  /// It would leave at `now`: whether it is worth telling.
  [[nodiscard]] virtual bool leaves(time_point now) noexcept = 0;
  virtual void write(json::writer& out) const noexcept = 0;

  bool queued = false;  ///< for the queue

 protected:
  ~late_operation() = default;
};

/// The page's queue of what leaves with the next envelope. Bounded: a page that says more than fits
/// while its browser is behind ends, and is mounted afresh, since the browser has missed something.
class outbound {
 public:
  /// In which order things of one store leave (contract sections 5.3 and 7.5).
  enum class kind : std::uint8_t {
    stream_reset,
    stream_insert,
    stream_delete,
    upload,
    late_upload,
    event,
  };

  /// Starts one thing to say for the store `store_id`, of its stream `ref`; null when there is no
  /// room, and then the page has ended.
  [[nodiscard]] virtual json::writer* begin(kind what, std::string_view store_id,
                                            std::uint8_t ref) noexcept = 0;
  virtual void end() noexcept = 0;
  /// Queues `what` for the store `store_id`, where it is not queued already. It stays in place
  /// until it has left or is withdrawn.
  virtual void queue(std::string_view store_id, late_operation& what) noexcept = 0;
  virtual void withdraw(late_operation& what) noexcept = 0;
  /// A stream that is reset twice in one cycle is reset once.
  [[nodiscard]] virtual bool resetting(std::string_view store_id,
                                       std::uint8_t ref) const noexcept = 0;
  /// Takes back the events of a store.
  virtual void drop_events(std::string_view store_id) noexcept = 0;

 protected:
  ~outbound() = default;
};

// not const: render, which gets a const context, says nothing and takes nothing back
// NOLINTNEXTLINE(readability-make-member-function-const)
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
