#include <musubi/json/scan.hpp>
#include <musubi/phoenix/frame.hpp>

namespace musubi::phoenix {

bool read_text(std::string_view text, frame& into) noexcept {
  json::scanner scan(text);
  into.binary = false;
  return scan.take('[') && scan.string_or_null(into.join_ref) && scan.take(',') &&
         scan.string_or_null(into.ref) && scan.take(',') && scan.string(into.topic) &&
         scan.take(',') && scan.string(into.event) && scan.take(',') && scan.value(into.payload) &&
         scan.take(']') && scan.finished();
}

bool read_binary(std::span<const std::byte> bytes, frame& into) noexcept {
  constexpr std::size_t head = 5;  // kind, then the lengths of join_ref, ref, topic, event
  if (bytes.size() < head || std::to_integer<int>(bytes[0]) != 0) return false;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::size_t at = head;
  std::string_view parts[4];
  for (std::size_t i = 0; i < 4; ++i) {
    const auto length = std::to_integer<std::size_t>(bytes[i + 1]);
    if (length > text.size() - at) return false;
    parts[i] = text.substr(at, length);
    // they are echoed inside JSON strings, so they must not need escaping
    for (const char c : parts[i]) {
      if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F ||
          c == '"' || c == '\\') {
        return false;
      }
    }
    at += length;
  }
  into = {parts[0], parts[1], parts[2], parts[3], text.substr(at), true};
  return true;
}

}  // namespace musubi::phoenix
