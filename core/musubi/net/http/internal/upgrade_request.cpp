#include <cstring>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/list.hpp>
#include <musubi/net/http/internal/upgrade.hpp>
#include <musubi/net/http/internal/upgrade_request.hpp>
#include <musubi/net/internal/base64.hpp>

namespace musubi::net::http {

namespace {

/// Appends to a buffer; remembers when something did not fit.
class appender {
 public:
  explicit appender(std::span<char> out) noexcept : out_(out) {}
  appender& operator<<(std::string_view text) noexcept {
    if (text.size() > out_.size() - used_) {
      failed_ = true;
    } else if (!text.empty()) {
      std::memcpy(out_.data() + used_, text.data(), text.size());
      used_ += text.size();
    }
    return *this;
  }
  [[nodiscard]] std::size_t size() const noexcept { return failed_ ? 0 : used_; }

 private:
  std::span<char> out_;
  std::size_t used_ = 0;
  bool failed_ = false;
};

constexpr upgrade_answer no_answer(std::string_view reason) noexcept {
  return {upgrade_answer::kind::malformed, 0, 0, reason};
}

bool lists(std::string_view value, std::string_view wanted) noexcept {
  list_cursor members(value);
  std::string_view member;
  while (members.next(member)) {
    if (iequals(member, wanted)) return true;
  }
  return false;
}

}  // namespace

websocket_key make_websocket_key(std::span<const std::byte, 16> random) noexcept {
  websocket_key key{};
  (void)encode_base64({reinterpret_cast<const std::uint8_t*>(random.data()), random.size()}, key);
  return key;
}

std::size_t write_upgrade_request(std::span<char> out, const upgrade_request& wanted,
                                  const websocket_key& key) noexcept {
  if (wanted.token.size() > most_token_bytes) return 0;
  appender text(out);
  text << "GET " << wanted.target << " HTTP/1.1\r\nHost: " << wanted.host
       << "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
          "\r\nSec-WebSocket-Key: "
       << std::string_view(key.data(), key.size());
  if (!wanted.token.empty()) {
    std::array<char, encoded_base64url_size(most_token_bytes)> encoded{};
    const std::size_t size = encode_base64url(
        {reinterpret_cast<const std::uint8_t*>(wanted.token.data()), wanted.token.size()}, encoded);
    text << "\r\nSec-WebSocket-Protocol: phoenix, base64url.bearer.phx."
         << std::string_view(encoded.data(), size);
  }
  text << "\r\n\r\n";
  return text.size();
}

upgrade_answer read_upgrade_answer(std::string_view bytes, const websocket_key& key) noexcept {
  constexpr std::string_view version = "HTTP/1.1 ";
  constexpr std::string_view end_of_head = "\r\n\r\n";
  if (slice(bytes, 0, version.size()) != slice(version, 0, bytes.size())) {
    return no_answer("the answer is not HTTP/1.1");
  }
  const std::size_t end = bytes.find(end_of_head);
  if (end == std::string_view::npos) return {};
  std::string_view rest = slice(bytes, 0, end + 2);
  std::string_view line = slice(rest, version.size(), rest.find("\r\n") - version.size());
  std::uint16_t status = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (i >= line.size() || line[i] < '0' || line[i] > '9') {
      return no_answer("the answer has no status");
    }
    status = static_cast<std::uint16_t>(status * 10 + (line[i] - '0'));
  }
  if (status != 101) return {upgrade_answer::kind::refused, status, 0, {}};

  bool upgrade = false;
  bool connection = false;
  bool accept = false;
  const auto expected = accept_key({key.data(), key.size()});
  rest = slice(rest, rest.find("\r\n") + 2);
  while (!rest.empty()) {
    const std::size_t line_end = rest.find("\r\n");
    line = slice(rest, 0, line_end);
    rest = slice(rest, line_end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return no_answer("the answer has a malformed field");
    const std::string_view name = slice(line, 0, colon);
    const std::string_view value = trim(slice(line, colon + 1));
    if (iequals(name, "upgrade")) {
      upgrade = iequals(value, "websocket");
    } else if (iequals(name, "connection")) {
      connection = connection || lists(value, "upgrade");
    } else if (iequals(name, "sec-websocket-accept")) {
      accept = value == std::string_view(expected.data(), expected.size());
    } else if (iequals(name, "sec-websocket-extensions")) {
      return no_answer("the answer has an extension that was not offered");
    }
  }
  if (!upgrade || !connection) return no_answer("the answer does not upgrade to a WebSocket");
  if (!accept) return no_answer("the answer is to another request");
  return {upgrade_answer::kind::accepted, status, end + end_of_head.size(), {}};
}

}  // namespace musubi::net::http
