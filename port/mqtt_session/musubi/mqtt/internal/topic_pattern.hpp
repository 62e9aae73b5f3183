#pragma once
/// The topic of a share, some of whose levels are fields of what is shared.

#include <cstddef>
#include <string_view>

#include <musubi/memory/slice.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::mqtt {

/// A topic: the levels between slashes.
using topic_text = text<160>;
/// One level of it.
using level_text = text<64>;

/// Levels of a topic, one after the other.
class topic_levels {
 public:
  explicit constexpr topic_levels(std::string_view topic) noexcept : rest_(topic) {}
  /// False when there is no further one.
  constexpr bool next(std::string_view& level) noexcept {
    if (over_) return false;
    const std::size_t slash = rest_.find('/');
    level = slice(rest_, 0, slash);
    over_ = slash == std::string_view::npos;
    if (!over_) rest_ = slice(rest_, slash + 1);
    return true;
  }

 private:
  std::string_view rest_;
  bool over_ = false;
};

/// Whether `level` can be a level that is a field: not empty, no wildcard, nothing unprintable.
[[nodiscard]] constexpr bool is_level(std::string_view level) noexcept {
  if (level.empty() || level[0] == '$') return false;
  for (const char each : level) {
    if (each == '/' || each == '+' || each == '#' || static_cast<unsigned char>(each) < 0x20) {
      return false;
    }
  }
  return true;
}

/// `plant/{site}/reading`
class topic_pattern {
 public:
  topic_pattern() noexcept = default;

  /// Sets the pattern, or returns what is wrong with it. `has_field(name)` tells which fields
  /// exist.
  template <class HasField>
  [[nodiscard]] std::string_view assign(std::string_view pattern, HasField&& has_field) noexcept {
    topic_levels levels(pattern);
    for (std::string_view level; levels.next(level);) {
      if (is_field(level)) {
        if (!has_field(name_in(level))) return "names a field that does not exist";
      } else if (!is_level(level) || level.find_first_of("{}") != std::string_view::npos) {
        return "has an empty level, a wildcard or a stray brace";
      }
    }
    return pattern_.assign(pattern) ? std::string_view() : "is too long";
  }
  [[nodiscard]] std::string_view view() const noexcept { return pattern_; }

  /// The topic of a message. `write_level(name, level_text&)` gives a field's text. Returns false
  /// if it cannot be a level, or the topic is too long.
  template <class WriteLevel>
  [[nodiscard]] bool fill(topic_text& into, WriteLevel&& write_level) const noexcept {
    into.clear();
    topic_levels levels(pattern_);
    bool first = true;
    for (std::string_view level; levels.next(level); first = false) {
      if (!first && !into.append("/")) return false;
      level_text written;
      if (is_field(level)) {
        if (!write_level(name_in(level), written) || !is_level(written)) return false;
        level = written;
      }
      if (!into.append(level)) return false;
    }
    return true;
  }
  /// What to subscribe to: `plant/+/reading`.
  [[nodiscard]] topic_text filter() const noexcept {
    topic_text made;
    topic_levels levels(pattern_);
    bool first = true;
    for (std::string_view level; levels.next(level); first = false) {
      (void)(first || made.append("/"));
      (void)made.append(is_field(level) ? std::string_view("+") : level);
    }
    return made;
  }
  [[nodiscard]] bool matches(std::string_view topic) const noexcept {
    topic_levels levels(pattern_);
    topic_levels others(topic);
    std::string_view level;
    std::string_view other;
    for (;;) {
      const bool has_level = levels.next(level);
      const bool has_other = others.next(other);
      if (has_level != has_other) return false;
      if (!has_level) return true;
      if (is_field(level) ? !is_level(other) : level != other) return false;
    }
  }

 private:
  static constexpr bool is_field(std::string_view level) noexcept {
    return level.size() > 2 && level.front() == '{' && level.back() == '}';
  }
  static constexpr std::string_view name_in(std::string_view level) noexcept {
    return slice(level, 1, level.size() - 2);
  }

  topic_text pattern_;
};

}  // namespace musubi::mqtt
