#pragma once
/// Text that the compiler puts together.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace musubi::typescript {

/// Where the text of a bundle goes. Made twice of the same declarations: first without memory, to
/// learn the size, then with it.
class output {
 public:
  /// `root` is the namespace of the markers and of the stores.
  constexpr explicit output(std::string_view root, char* into = nullptr)
      : root_(root), into_(into) {}

  [[nodiscard]] constexpr std::string_view root() const { return root_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  /// Whether a union or an intersection was written.
  [[nodiscard]] constexpr bool has_union() const { return has_union_; }

  constexpr void put(char c) {
    if (c == '|' || c == '&') has_union_ = true;
    if (into_ != nullptr) into_[size_] = c;
    ++size_;
  }
  constexpr void put(std::string_view text) {
    for (const char c : text) put(c);
  }
  template <class... Parts>
  requires(sizeof...(Parts) > 1) constexpr void put(const Parts&... parts) { (put(parts), ...); }

  constexpr void quoted(std::string_view text) { put('"', text, '"'); }
  /// A string of JSON, whatever `text` holds.
  constexpr void json_string(std::string_view text) {
    put('"');
    for (const char c : text) {
      if (c == '"' || c == '\\') put('\\');
      if (static_cast<unsigned char>(c) >= 0x20) {
        put(c);
      } else if (c == '\n') {
        put("\\n");
      } else {
        put(' ');
      }
    }
    put('"');
  }
  /// The beginning of a line, `depth` columns in.
  constexpr void indent(std::size_t depth) {
    for (std::size_t i = 0; i < depth; ++i) put(' ');
  }
  constexpr void number(std::uint64_t value) {
    if (value >= 10) number(value / 10);
    put(static_cast<char>('0' + value % 10));
  }
  constexpr void signed_number(std::int64_t value) {
    if (value < 0) put('-');
    const auto bits = static_cast<std::uint64_t>(value);
    number(value < 0 ? 0 - bits : bits);
  }

 private:
  std::string_view root_;
  char* into_;
  std::size_t size_ = 0;
  bool has_union_ = false;
};

/// Whether `name` can stand as it is where TypeScript wants an identifier.
constexpr bool is_identifier(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    if (!letter && (i == 0 || c < '0' || c > '9')) return false;
  }
  return !name.empty();
}

}  // namespace musubi::typescript
