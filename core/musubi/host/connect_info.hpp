#pragma once
/// What a socket's functions learn about the connecting browser and the root it joins.

#include <optional>
#include <string_view>

#include <musubi/host/internal/request_sender.hpp>
#include <musubi/json/value.hpp>
#include <musubi/memory/internal/arena.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/schema/codec_record.hpp>

namespace musubi {

/// The upgrade request, for `handle_connect`. All views are valid during that call only.
class connect_info {
 public:
  connect_info(const net::http::head& request, const request_sender& sender,
               std::optional<std::string_view> auth_token, arena& memory) noexcept
      : request_(&request), sender_(&sender), auth_token_(auth_token), memory_(&memory) {}

  /// The decoded value of a query parameter; the last one of that name wins, as in Phoenix.
  [[nodiscard]] std::optional<std::string_view> param(std::string_view name) const noexcept;
  /// The decoded value of a cookie.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const noexcept;
  /// The value of a request header, as sent. `name` is case-insensitive.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
  /// The `authToken` that the page passed to phoenix.js (contract section 1.1).
  [[nodiscard]] std::optional<std::string_view> auth_token() const noexcept { return auth_token_; }
  /// The address of the stream's peer; behind a proxy, the proxy's address.
  [[nodiscard]] std::string_view peer() const noexcept { return sender_->peer(); }
  /// The client's address as a trusted proxy reports it, with or without a port; otherwise as
  /// `peer`. See `host_options::proxies`.
  [[nodiscard]] std::string_view client() const noexcept { return sender_->client(); }
  [[nodiscard]] std::string_view path() const noexcept { return request_->path; }
  [[nodiscard]] std::string_view query() const noexcept { return request_->query; }
  [[nodiscard]] std::string_view host() const noexcept { return request_->host; }
  [[nodiscard]] std::string_view origin() const noexcept { return request_->origin; }
  /// The memory for decoded parts of the request; released when the request has been answered.
  [[nodiscard]] arena& memory() const noexcept { return *memory_; }

 private:
  const net::http::head* request_;
  const request_sender* sender_;
  std::optional<std::string_view> auth_token_;
  arena* memory_;
};

/// A request to mount a root, for `handle_join`, before anything in it has been checked (contract
/// section 2.2). All views are valid during that call only.
struct join_info {
  explicit join_info(arena& memory) noexcept : memory_(&memory) {}

  std::string_view topic;
  std::optional<std::string_view> module;
  std::optional<std::string_view> id;
  std::string_view params_text;  ///< JSON; empty when there are none

  /// Decodes the mount params into a struct. Returns false when they do not match.
  template <class Params>
  [[nodiscard]] bool read_params(Params& into) const noexcept {
    decode_error error;
    error.absent_means_null = true;
    json::reader from(params_text.empty() ? std::string_view("{}") : params_text);
    return codec<Params>::read(from, into, error);
  }
  /// The mount params without a type, where no struct can describe them; no value when there are
  /// none. Each call uses some of the host's `decode_bytes`, and fails when they are used up.
  [[nodiscard]] result<json::value> params() const noexcept {
    json::value parsed;
    if (params_text.empty()) return parsed;
    switch (json::parse(params_text, *memory_, parsed)) {
      case json::parse_error::none:
        return parsed;
      case json::parse_error::too_large:
        return exhausted("decode");
      case json::parse_error::malformed:
      case json::parse_error::too_deep:
        break;
    }
    return refuse("invalid params");
  }

 private:
  arena* memory_;
};

}  // namespace musubi
