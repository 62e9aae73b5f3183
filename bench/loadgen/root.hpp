#pragma once
/// The messages of one mounted root: those that its client sends, and those expected from the
/// server.

#include "loadgen/wire.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace loadgen {

/// The roots of the benchmark host.
enum class root_kind : std::uint8_t { counter, sensor };

/// Every check compares all bytes of a message.
class root {
 public:
  root(root_kind kind, std::string_view id);

  void append_join(std::string& out) const;
  void append_increment(std::string& out, std::uint32_t ref) const;
  void append_tick(std::string& out, std::uint32_t ref, frame_kind kind) const;

  [[nodiscard]] bool is_join_reply(std::string_view message) const;
  /// The first patch: a count of 0, or any reading, whose `uptime` is stored.
  [[nodiscard]] bool is_initial_patch(std::string_view message, std::int64_t& uptime) const;
  /// A reply without content, to the command `ref`.
  [[nodiscard]] bool is_reply(std::string_view message, std::uint32_t ref) const;
  /// The patch from `version - 1` to `version` of a counter.
  [[nodiscard]] bool is_count(std::string_view message, std::uint32_t version,
                              std::int64_t count) const;
  /// The patch of a sensor with all three values of the reading `uptime`.
  [[nodiscard]] bool is_reading(std::string_view message, std::uint32_t version,
                                std::int64_t uptime) const;
  /// As `is_reading`, for a client that may have missed readings: stores `uptime`, and ignores the
  /// other values.
  [[nodiscard]] bool is_some_reading(std::string_view message, std::uint32_t version,
                                     std::int64_t& uptime) const;
  /// True for a reply, false for a patch.
  [[nodiscard]] static bool answers(std::string_view message) noexcept {
    return !message.starts_with("[\"1\",null,");
  }

 private:
  root_kind kind_;
  std::string id_;
  std::string root_id_;
  std::string topic_;
  std::string reply_tail_;  // after the ref
  std::string patch_head_;  // up to base_version
};

}  // namespace loadgen
