#pragma once
/// Sessions stored in the browser: a cookie that only the holder of the key can write (contract
/// section 2.1).
///
///     struct visitor {                                   // content of the cookie
///       musubi::text<32> name;
///     };
///     constinit const musubi::signed_cookie login("session", key);   // 32 secret bytes
///
///     struct device_socket {
///       using roots = musubi::roots<thermostat>;
///       musubi::status load_session(const musubi::connect_info& info) {
///         session = login.read<visitor>(info, today());
///         return {};
///       }
///       std::optional<visitor> session;                  // empty: a new visitor
///     };
///
/// The value is `payload.expires.tag`: base64url, decimal seconds, and base64url of an HMAC-SHA256
/// over the cookie's name and the text before the tag. The payload is signed, not encrypted: the
/// browser can read it. The format is not that of a Phoenix endpoint's session cookie.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/async/clock.hpp>
#include <musubi/host/connect_info.hpp>
#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/reader.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/internal/base64.hpp>
#include <musubi/net/internal/hmac.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/schema/codec_record.hpp>

namespace musubi {

/// One kind of cookie: its name and its keys. Immutable; safe to use from any thread.
class signed_cookie {
 public:
  /// Calendar time, supplied by the application: the core has no wall clock.
  using seconds = std::chrono::sys_seconds;

  constexpr signed_cookie(literal name, const net::hmac_key& key) noexcept
      : name_(name), keys_{key, {}} {}
  /// For key rotation: `key` signs, and cookies signed with `previous` are still accepted.
  constexpr signed_cookie(literal name, const net::hmac_key& key,
                          const net::hmac_key& previous) noexcept
      : name_(name), keys_{key, previous}, rotating_(true) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_.view(); }

  /// Reads the visitor's cookie. Returns `std::nullopt` when it is missing, was not signed with one
  /// of these keys, has expired, or does not decode as a `Session`. None of these is an error: a
  /// visitor without a session is a new visitor. Unknown members are ignored, missing optional ones
  /// are empty.
  template <class Session>
  [[nodiscard]] std::optional<Session> read(const connect_info& info, seconds now) const noexcept {
    const auto value = info.cookie(name());
    if (!value) return std::nullopt;
    return decode<Session>(*value, now, info.memory());
  }
  /// The same for a cookie value from another source. `memory` must have room for as many bytes as
  /// `value`.
  template <class Session>
  [[nodiscard]] std::optional<Session> decode(std::string_view value, seconds now,
                                              arena& memory) const noexcept {
    auto* room = static_cast<char*>(memory.allocate(value.size()));
    if (room == nullptr) return std::nullopt;
    const auto payload = open(value, now, {room, value.size()});
    if (!payload || !net::is_utf8(*payload) || !json::well_formed(*payload)) return std::nullopt;
    json::reader from(*payload);
    Session session{};
    decode_error error;
    error.absent_means_null = true;
    if (!codec<Session>::read(from, session, error)) return std::nullopt;
    return session;
  }
  /// Writes the value of a cookie with `session`, valid until `expires`, into `room`. Returns its
  /// length, or 0 when `room` is too small. 4/3 of the JSON's size plus 100 bytes are enough.
  template <class Session>
  [[nodiscard]] std::size_t encode(const Session& session, seconds expires,
                                   std::span<char> room) const noexcept {
    json::buffer_output buffer(room.data(), room.size());
    json::writer out(buffer);
    codec<Session>::write(out, session);
    return buffer.failed() ? 0 : seal(buffer.view(), expires, room);
  }

  /// Maximum length of a value with a payload of `bytes` bytes.
  [[nodiscard]] static constexpr std::size_t sealed_size(std::size_t bytes) noexcept {
    return net::encoded_base64url_size(bytes) + 2 + expires_digits +
           net::encoded_base64url_size(sizeof(net::hmac_tag));
  }
  /// Like `encode`, for a payload of arbitrary bytes, which may lie in `room` itself.
  [[nodiscard]] std::size_t seal(std::string_view payload, seconds expires,
                                 std::span<char> room) const noexcept;
  /// Decodes the payload of `value` into `room`, which must be as large as `value`. Returns
  /// `std::nullopt` when the value is forged, truncated or expired at `now`.
  [[nodiscard]] std::optional<std::string_view> open(std::string_view value, seconds now,
                                                     std::span<char> room) const noexcept;

 private:
  static constexpr std::size_t expires_digits = 20;

  [[nodiscard]] std::array<char, net::encoded_base64url_size(sizeof(net::hmac_tag))> tag(
      const net::hmac_key& key, std::string_view text) const noexcept;

  literal name_;
  std::array<net::hmac_key, 2> keys_;
  bool rotating_ = false;
};

}  // namespace musubi
