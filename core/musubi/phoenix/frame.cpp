#include <musubi/json/internal/usual_text.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/phoenix/frame.hpp>

namespace musubi::phoenix {

namespace {

/// Takes the strings of an address, which it decodes where they stand.
class address_reader {
 public:
  explicit address_reader(std::span<char> text) noexcept
      : text_(text), from_({text.data(), text.size()}) {}

  [[nodiscard]] bool string(std::string_view& into) noexcept {
    json::string_token found;
    if (!from_.string(found)) return false;
    into = found.decode_in(text_);
    return true;
  }
  [[nodiscard]] bool string_or_null(ref& into) noexcept {
    if (from_.next() == json::value_kind::null) {
      into.reset();
      return from_.null();
    }
    return string(into.emplace());
  }
  [[nodiscard]] json::reader& from() noexcept { return from_; }

 private:
  std::span<char> text_;
  json::reader from_;
};

/// The short way of nearly all frames: there are refs, every string stands as it is, and the
/// payload is an object.
[[maybe_unused]] bool read_usual(std::span<char> text, frame& into,
                                 payload_reader payload) noexcept {
  const char* const end = text.data() + text.size();
  json::usual_text from(text.data(), end);
  if (!from.exactly("[\"") || !from.string(into.join_ref.emplace(), "\",\"") ||
      !from.string(into.ref.emplace(), "\",\"") || !from.string(into.topic, "\",\"") ||
      !from.string(into.event, "\",")) {
    return false;
  }
  const char* const begin = from.position();
  const char* const behind = payload != nullptr ? payload(begin, end, into.parts)
                                                : json::usual_object(begin, end, into.parts);
  if (behind == nullptr || end - behind != 1 || *behind != ']') return false;
  into.payload = text.subspan(static_cast<std::size_t>(begin - text.data()),
                              static_cast<std::size_t>(behind - begin));
  into.expected_payload = {};
  into.head = {text.data(), static_cast<std::size_t>(into.event.data() - 1 - text.data())};
  return true;
}

}  // namespace

bool read_text(std::span<char> text, frame& into, [[maybe_unused]] payload_reader usual) noexcept {
  into.binary = false;
  into.head = {};
  if constexpr (short_ways) {
    if (read_usual(text, into, usual)) return true;
  }
  address_reader address(text);
  json::reader& from = address.from();
  if (!from.take('[') || !address.string_or_null(into.join_ref) || !from.take(',') ||
      !address.string_or_null(into.ref) || !from.take(',') || !address.string(into.topic) ||
      !from.take(',') || !address.string(into.event)) {
    return false;
  }
  std::string_view payload;
  if (from.take(',')) payload = short_ways ? from.raw(into.parts) : from.raw();
  const bool whole = !payload.empty() && from.take(']') && from.finished();
  into.payload = {const_cast<char*>(payload.data()), payload.size()};
  into.expected_payload = whole ? std::string_view() : json::expected_instead_of(from.problem());
  return true;
}

bool read_binary(std::span<std::byte> bytes, frame& into) noexcept {
  constexpr std::size_t head = 5;  // kind, then the lengths of join_ref, ref, topic, event
  if (bytes.size() < head || std::to_integer<int>(bytes[0]) != 0) return false;
  const std::span<char> text(reinterpret_cast<char*>(bytes.data()), bytes.size());
  std::size_t at = head;
  std::string_view parts[4];
  for (std::size_t i = 0; i < 4; ++i) {
    const auto length = std::to_integer<std::size_t>(bytes[i + 1]);
    if (length > text.size() - at) return false;
    parts[i] = {text.data() + at, length};
    if (!net::is_utf8(std::as_bytes(std::span(parts[i])))) return false;
    at += length;
  }
  into = {parts[0], parts[1], parts[2], parts[3], text.subspan(at), {}, true, {}, {}};
  return true;
}

}  // namespace musubi::phoenix
