#pragma once
/// A get of an application, without its type. See host/get.hpp for what an application writes.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/host/get.hpp>
#include <musubi/host/internal/request_sender.hpp>
#include <musubi/memory/internal/round_up.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/http/internal/head.hpp>

namespace musubi {

class host_core;
class http_request;

/// One request for a get, while it is opened.
struct get_call {
  host_core& host;
  http_request& from;
  const net::http::head& head;
  const request_sender& sender;
  std::optional<std::string_view> token;
  const get_request& request;
  get_answer& answer;
  bool made = false;        ///< the object has been constructed, and must be destroyed
  std::size_t refusal = 0;  ///< the socket refused: bytes of the response that says so
};

/// One of the gets of a socket.
struct get_route {
  std::string_view path;
  bool asks_socket;
  /// Constructs the object at `room`, and calls its `open`.
  status (*open)(void* room, get_call& call) noexcept;
  /// Null if the object has no `read`.
  result<std::size_t> (*read)(void* object, std::uint64_t offset, std::span<char> into) noexcept;
  void (*destroy)(void* object) noexcept;
};

/// The gets of a socket, and how an HTTP request is answered with them, which is linked only
/// where there are some.
struct get_table {
  std::span<const get_route> routes;
  /// Answers the request if it is one of these. False: it is not.
  bool (*answer)(http_request&, const net::http::head& request) noexcept;
  /// Prepares what is sent next; false if that is nothing now.
  bool (*more)(http_request&) noexcept;
  /// Destroys the application's object.
  void (*end)(http_request&) noexcept;
};

/// A response under way. It lies behind its `http_request`, in the same block, and the
/// application's object behind it.
struct get_response {
  const get_route* route;
  std::uint64_t offset;  ///< of what is read next
  std::uint64_t left;    ///< bytes still to be read; if their number is unknown, the most there are
  std::uint32_t piece;   ///< bytes of the one that is being sent
  std::uint32_t in_turn;  ///< bytes sent since the loop went around
  std::uint32_t paced;    ///< bytes sent since the client first kept it waiting
  bool known;             ///< how many bytes there are
  bool chunked;
  bool keep_alive;
  bool complete;  ///< nothing is to be read any more
  bool cut;       ///< the object could not go on

  /// Bytes of one for the largest of these objects.
  static constexpr std::size_t bytes(std::size_t largest) noexcept {
    return object_offset() + round_up(largest);
  }
  [[nodiscard]] void* object() noexcept {
    return reinterpret_cast<std::byte*>(this) + object_offset();
  }

 private:
  static constexpr std::size_t object_offset() noexcept { return round_up(sizeof(get_response)); }
};

}  // namespace musubi
