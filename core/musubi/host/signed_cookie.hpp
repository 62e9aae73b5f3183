#pragma once
/// Sessions that the browser keeps: a cookie that only who has the key can have written (contract
/// section 2.1).
///
///     struct visitor {                                   // what the cookie says
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
///       std::optional<visitor> session;                  // nothing: a visitor unknown so far
///     };
///
/// The value is `payload.expires.tag`: base64url, decimal seconds, and base64url of an HMAC-SHA256
/// over the cookie's name and what stands before the tag. Whoever has the cookie can read it:
/// signed is not secret. It is not the session cookie of a Phoenix endpoint, which is made
/// otherwise.

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/host/connect_info.hpp>
#include <musubi/json/output.hpp>
#include <musubi/json/reader.hpp>
#include <musubi/json/writer.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/base64.hpp>
#include <musubi/net/hmac.hpp>
#include <musubi/net/utf8.hpp>
#include <musubi/store/codec_record.hpp>

namespace musubi {

/// One kind of cookie: its name and its keys. Immutable; may be used from any thread.
class signed_cookie {
 public:
  /// Calendar time, told by the application: the core has none of its own.
  using seconds = std::chrono::sys_seconds;

  constexpr signed_cookie(literal name, const net::hmac_key& key) noexcept
      : name_(name), keys_{key, {}} {}
  /// While keys change: `key` signs, and cookies that `previous` signed are still read.
  constexpr signed_cookie(literal name, const net::hmac_key& key,
                          const net::hmac_key& previous) noexcept
      : name_(name), keys_{key, previous}, rotating_(true) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_.view(); }

  /// What the visitor's cookie says; nothing when there is none, when it was signed with no key of
  /// these, has expired, or does not fit a `Session`. None of that is an error: who has no session
  /// is a new visitor. Unknown members are allowed, absent optional ones are empty.
  template <class Session>
  [[nodiscard]] std::optional<Session> read(const connect_info& info, seconds now) const noexcept {
    const auto value = info.cookie(name());
    if (!value) return std::nullopt;
    return decode<Session>(*value, now, info.memory());
  }
  /// The same for a cookie's value from elsewhere; `memory` has room for as many bytes.
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
  /// Writes the value of a cookie that says `session` until `expires` into `room`; answers its
  /// length, 0 when `room` is too small. 100 bytes more than four thirds of the JSON are enough.
  template <class Session>
  [[nodiscard]] std::size_t encode(const Session& session, seconds expires,
                                   std::span<char> room) const noexcept {
    json::buffer_output buffer(room.data(), room.size());
    json::writer out(buffer);
    codec<Session>::write(out, session);
    return buffer.failed() ? 0 : seal(buffer.view(), expires, room);
  }

  /// Most characters of a value with a payload of `bytes` bytes.
  [[nodiscard]] static constexpr std::size_t sealed_size(std::size_t bytes) noexcept {
    return net::encoded_base64url_size(bytes) + 2 + expires_digits +
           net::encoded_base64url_size(sizeof(net::hmac_tag));
  }
  /// `encode` for a payload of any bytes, which may lie in `room` itself.
  [[nodiscard]] std::size_t seal(std::string_view payload, seconds expires,
                                 std::span<char> room) const noexcept;
  /// The payload of `value`, decoded into `room`, which has as many bytes as `value`; nothing when
  /// it is forged, cut, or was good until `now` or before.
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
