#include <musubi/host/connect_info.hpp>
#include <musubi/net/http/internal/cookie.hpp>
#include <musubi/net/http/internal/query.hpp>

namespace musubi {

namespace {

using net::http::decode_outcome;

/// Room for the decoded form of something in `text`, which is never longer.
std::span<char> room_for(arena& memory, std::string_view text) noexcept {
  auto* bytes = static_cast<char*>(memory.allocate(text.size()));
  return bytes == nullptr ? std::span<char>() : std::span<char>(bytes, text.size());
}

}  // namespace

std::optional<std::string_view> connect_info::param(std::string_view name) const noexcept {
  std::span<char> room = room_for(*memory_, request_->query);
  std::string_view found;
  if (net::http::find_parameter(request_->query, name, room, found) != decode_outcome::ok) {
    return std::nullopt;
  }
  return found;
}

std::optional<std::string_view> connect_info::cookie(std::string_view name) const noexcept {
  const std::string_view value = net::http::find_cookie(*request_, name);
  if (!net::http::present(value)) return std::nullopt;
  std::span<char> room = room_for(*memory_, value);
  std::string_view decoded;
  if (net::http::decode_percent(value, room, decoded) != decode_outcome::ok) return std::nullopt;
  return decoded;
}

std::optional<std::string_view> connect_info::header(std::string_view name) const noexcept {
  const std::string_view value = net::http::find_field(*request_, name);
  if (!net::http::present(value)) return std::nullopt;
  return value;
}

}  // namespace musubi
