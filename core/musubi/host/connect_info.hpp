#pragma once
/// What a socket learns of the browser that connects, and of the root it joins.

#include <optional>
#include <string_view>

#include <musubi/json/value.hpp>
#include <musubi/memory/arena.hpp>
#include <musubi/net/http_head.hpp>
#include <musubi/store/codec_record.hpp>

namespace musubi {

/// The upgrade request, for `handle_connect`. All views are valid during that call only.
class connect_info {
 public:
  connect_info(const net::http::head& request, std::string_view peer, std::string_view client,
               std::optional<std::string_view> auth_token, arena& memory) noexcept
      : request_(&request),
        peer_(peer),
        client_(client),
        auth_token_(auth_token),
        memory_(&memory) {}

  /// The decoded value of a query parameter; the last one of that name, as in Phoenix.
  [[nodiscard]] std::optional<std::string_view> param(std::string_view name) const noexcept;
  /// The decoded value of a cookie.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const noexcept;
  /// The value of a request header, as sent; its name in any case.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
  /// What the page gave to phoenix.js as `authToken` (contract section 1.1).
  [[nodiscard]] std::optional<std::string_view> auth_token() const noexcept { return auth_token_; }
  /// Address of the other end of the stream; behind a proxy, the proxy's.
  [[nodiscard]] std::string_view peer() const noexcept { return peer_; }
  /// Address of the client that a trusted proxy speaks for, with or without a port; else as `peer`.
  /// See `host_options::proxies`.
  [[nodiscard]] std::string_view client() const noexcept { return client_; }
  [[nodiscard]] std::string_view path() const noexcept { return request_->path; }
  [[nodiscard]] std::string_view query() const noexcept { return request_->query; }
  [[nodiscard]] std::string_view host() const noexcept { return request_->host; }
  [[nodiscard]] std::string_view origin() const noexcept { return request_->origin; }
  /// Where what is decoded of the request lives; emptied when it has been answered.
  [[nodiscard]] arena& memory() const noexcept { return *memory_; }

 private:
  const net::http::head* request_;
  std::string_view peer_;
  std::string_view client_;
  std::optional<std::string_view> auth_token_;
  arena* memory_;
};

/// A request to mount a root, for `handle_join`, before anything in it was checked (contract
/// section 2.2). All views are valid during that call only.
struct join_info {
  explicit join_info(arena& memory) noexcept : memory_(&memory) {}

  std::string_view topic;
  std::optional<std::string_view> module;
  std::optional<std::string_view> id;
  std::string_view params_text;  ///< JSON; empty when there are none

  /// Reads the mount params into a struct; false when they do not fit.
  template <class Params>
  [[nodiscard]] bool read_params(Params& into) const noexcept {
    decode_error error;
    error.absent_means_null = true;
    json::reader from(params_text.empty() ? std::string_view("{}") : params_text);
    return codec<Params>::read(from, into, error);
  }
  /// The mount params where no struct can say what they are: no value when there are none. Each
  /// call takes memory of the host's `decode_bytes`, and fails when that is used up.
  [[nodiscard]] result<json::value> params() const noexcept {
    json::value parsed;
    if (!params_text.empty() &&
        json::parse(params_text, *memory_, parsed) != json::parse_error::none) {
      return exhausted("decode");
    }
    return parsed;
  }

 private:
  arena* memory_;
};

}  // namespace musubi
