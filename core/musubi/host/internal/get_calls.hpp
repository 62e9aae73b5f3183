#pragma once
/// The gets that a socket lists, made into a table without their types.

#include <array>
#include <cstddef>
#include <new>
#include <span>

#include <musubi/host/get.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/get_route.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/mistakes_of_gets.hpp>
#include <musubi/memory/internal/largest.hpp>
#include <musubi/schema/guard.hpp>
#include <musubi/schema/type_key.hpp>

namespace musubi::detail {

/// `Connection` holds a `Socket`.
template <class Connection, class Socket, class Get>
struct get_calls {
  static status open(void* room, get_call& call) noexcept {
    status verdict = musubi::fail("open threw");
    (void)guarded([&] {
      auto& get = *new (room) Get();
      call.made = true;
      if constexpr (get_for_visitors<Get, Socket>) {
        visitor one(call.host);
        call.refusal = call.from.let_in(call, one.connection);
        verdict = call.refusal == 0 ? get.open(call.request, call.answer, one.socket()) : status();
      } else {
        verdict = get.open(call.request, call.answer);
      }
    });
    return verdict;
  }
  static result<std::size_t> read(void* object, std::uint64_t offset,
                                  std::span<char> into) noexcept {
    result<std::size_t> bytes = musubi::fail("read threw");
    (void)guarded([&] { bytes = static_cast<Get*>(object)->read(offset, into); });
    return bytes;
  }
  static void destroy(void* object) noexcept { static_cast<Get*>(object)->~Get(); }

  static constexpr get_route route() noexcept {
    get_route made{Get::path, get_for_visitors<Get, Socket>, &open, nullptr, &destroy};
    if constexpr (get_in_pieces<Get>) made.read = &read;
    return made;
  }

 private:
  /// A connection that never opens: only its socket is asked.
  struct visitor {
    explicit visitor(host_core& host) noexcept : connection(*new (place) Connection(host)) {}
    ~visitor() { connection.destroy(); }
    visitor(const visitor&) = delete;
    visitor& operator=(const visitor&) = delete;
    [[nodiscard]] const Socket& socket() const noexcept {
      return *static_cast<const Socket*>(connection.socket_of(&type_key<Socket>));
    }
    alignas(Connection) std::byte place[sizeof(Connection)];
    Connection& connection;
  };
};

/// The gets of a host, and the bytes of an HTTP request with room for the largest of them.
template <class Connection, class Socket, class List = typename right_gets_of<Socket>::type>
struct gets_in;
template <class Connection, class Socket>
struct gets_in<Connection, Socket, gets<>> {
  static constexpr bool any = false;
  static constexpr std::size_t request_bytes = sizeof(http_request);
};
template <class Connection, class Socket, class... Get>
struct gets_in<Connection, Socket, gets<Get...>> {
  static constexpr bool any = true;
  static constexpr std::size_t request_bytes =
      round_up(sizeof(http_request)) + get_response::bytes(largest({sizeof(Get)...}));
  static constexpr std::array<get_route, sizeof...(Get)> routes{
      get_calls<Connection, Socket, Get>::route()...};
  static constexpr get_table table{routes, &http_request::answer_get, &http_request::more_of_get,
                                   &http_request::end_get};
};

}  // namespace musubi::detail
