#pragma once
/// Names like "Home.Stores.Thermostat", part by part.

#include <compare>
#include <cstddef>
#include <string_view>

#include <musubi/typescript/output.hpp>

namespace musubi::typescript {

/// A module's name, read from its first part to its last.
class module_path {
 public:
  constexpr explicit module_path(std::string_view name) : rest_(name) {}

  [[nodiscard]] constexpr bool empty() const { return done_; }
  [[nodiscard]] constexpr std::string_view front() const {
    return rest_.substr(0, rest_.find('.'));
  }
  /// Whether `front` is the last part.
  [[nodiscard]] constexpr bool at_leaf() const { return rest_.find('.') == std::string_view::npos; }
  constexpr void pop() {
    const std::size_t dot = rest_.find('.');
    done_ = dot == std::string_view::npos;
    rest_.remove_prefix(done_ ? rest_.size() : dot + 1);
  }

 private:
  std::string_view rest_;
  bool done_ = false;
};

/// The order of modules in a bundle: by parts, so that "A.B.C" stands before "A.BB".
constexpr std::strong_ordering compare_modules(std::string_view left, std::string_view right) {
  module_path a(left);
  module_path b(right);
  for (; !a.empty() && !b.empty(); a.pop(), b.pop()) {
    const int order = a.front().compare(b.front());
    if (order != 0) return order <=> 0;
  }
  return b.empty() <=> a.empty();
}

/// Whether every part can name a TypeScript namespace.
constexpr bool is_dotted_identifier(std::string_view name) {
  for (module_path path(name); !path.empty(); path.pop()) {
    if (!is_identifier(path.front())) return false;
  }
  return true;
}

}  // namespace musubi::typescript
