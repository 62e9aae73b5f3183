#pragma once
/// The host of an application's socket: the typed half of host_core, and the memory of both.

#include <musubi/mistake/all.hpp>

#include <array>
#include <cstddef>
#include <new>
#include <span>

#include <musubi/async/task_group.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/get_calls.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/peer_table.hpp>
#include <musubi/host/internal/routes.hpp>
#include <musubi/host/internal/shares.hpp>
#include <musubi/host/internal/upload_channel.hpp>
#include <musubi/host/mistakes_of_socket.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/memory/internal/largest.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/round_up.hpp>
#include <musubi/store/page/internal/root_page.hpp>

namespace musubi {

namespace detail {

template <class Socket, class Store>
void make_page(void* memory, page_resources& resources, page_sink& sink,
               const void* socket) noexcept {
  new (memory) root_page<Store, Socket>(resources, sink, *static_cast<const Socket*>(socket));
}

template <class Socket, class List = typename roots_of<Socket>::type>
struct root_table;
template <class Socket, class... Stores>
struct root_table<Socket, roots<Stores...>> {
  static constexpr std::array<root_type, sizeof...(Stores)> types{
      {{Stores::module, sizeof(root_page<Stores, Socket>), &make_page<Socket, Stores>}...}};
  static constexpr std::size_t page_bytes = largest({sizeof(root_page<Stores, Socket>)...});
  static constexpr std::size_t page_alignment =
      largest({alignof(root_channel), alignof(root_page<Stores, Socket>)...});
  static constexpr std::size_t node_bytes = largest({largest_node<Stores>...});
  static constexpr bool tasks = (uses_async<Stores> || ...);
  static constexpr bool outgoing = (uses_outgoing<Stores> || ...);
  static constexpr std::size_t upload_room_of_all = largest({upload_room<Stores>...});
  static constexpr std::size_t upload_meta = upload_meta_bytes(upload_room_of_all);
  static constexpr std::size_t upload = upload_bytes(upload_room_of_all, upload_channel::bytes());
  static constexpr std::size_t state_bytes = largest({sizeof(typename Stores::State)...});
};

/// A connection that holds the application's socket.
template <class Socket>
class socket_connection final : public connection {
  using table = root_table<Socket>;

 public:
  explicit socket_connection(host_core& host) noexcept : connection(host) {}
  void destroy() noexcept override { this->~socket_connection(); }
  [[nodiscard]] void* slot() noexcept override { return this; }
  [[nodiscard]] const void* socket_of(const char* type) const noexcept override {
    return type == &type_key<Socket> ? &socket_ : nullptr;
  }

  [[nodiscard]] status connect(const connect_info& info) noexcept override {
    status verdict = musubi::fail("the socket threw");
    (void)guarded([&] {
      const status loaded = load_session(info);
      verdict = loaded.ok() ? call_connect(info) : loaded;
    });
    return verdict;
  }

  [[nodiscard]] status authorize(const join_info& info, void* copy) noexcept override {
    auto* joining = new (copy) Socket(socket_);
    if constexpr (handles_join<Socket>) {
      status verdict = musubi::fail("handle_join threw");
      (void)guarded([&] { verdict = joining->handle_join(info, static_cast<connection&>(*this)); });
      return verdict;
    } else {
      return {};
    }
  }
  void discard_copy(void* copy) noexcept override { static_cast<Socket*>(copy)->~Socket(); }
  [[nodiscard]] std::span<const root_type> roots() const noexcept override { return table::types; }

 private:
  ~socket_connection() = default;

  /// The session hook, which runs first. A visitor without a session is not an error (contract
  /// section 2.1): a socket that requires one checks in handle_connect.
  status load_session(const connect_info& info) {
    if constexpr (loads_session<Socket>) {
      return socket_.load_session(info);
    } else {
      return {};
    }
  }
  status call_connect(const connect_info& info) {
    if constexpr (handles_connect<Socket>) {
      return socket_.handle_connect(info, static_cast<connection&>(*this));
    } else {
      return {};
    }
  }

  [[no_unique_address]] Socket socket_{};
};

template <class Socket>
connection* make_connection(void* memory, host_core& host) noexcept {
  return new (memory) socket_connection<Socket>(host);
}

template <class Socket>
inline constexpr routes routes_with_gets = [] {
  routes made = root_table<Socket>::upload != 0 ? routes_with_uploads : routes_of_roots;
  made.gets = &gets_in<socket_connection<Socket>, Socket>::table;
  return made;
}();

/// Uploads are linked where some root takes files, tokens and cookies where the socket has a
/// function that wants them, and answers of gets where it has gets.
template <class Socket>
inline constexpr connection_type type_of_connection = [] {
  static_assert(reads_binary || root_table<Socket>::upload == 0,
                "musubi: a store takes files, which MUSUBI_WITHOUT_BINARY leaves out");
  connection_type made{.make = &make_connection<Socket>, .routed = &routes_of_roots};
  if constexpr (gets_in<socket_connection<Socket>, Socket>::any) {
    made.routed = &routes_with_gets<Socket>;
  } else if constexpr (root_table<Socket>::upload != 0) {
    made.routed = &routes_with_uploads;
  }
  if constexpr (loads_session<Socket> || handles_connect<Socket>) {
    made.asks = &http_request::ask_socket;
  }
  return made;
}();

}  // namespace detail

/// The sizes of a host of `Socket`, from which `host_bytes` computes its memory at compile time.
template <class Socket>
[[nodiscard]] constexpr host_sizes sizes_of(
    std::span<const plain_endpoint> endpoints = {}) noexcept {
  using table = detail::root_table<Socket>;
  host_sizes sizes;
  sizes.connection = sizeof(detail::socket_connection<Socket>);
  sizes.connection_alignment = alignof(detail::socket_connection<Socket>);
  for (const plain_endpoint& each : endpoints) {
    sizes.connection = detail::largest({sizes.connection, each.bytes});
    sizes.connection_alignment =
        detail::largest({sizes.connection_alignment, alignment_within(each.bytes)});
  }
  sizes.page = table::page_bytes;
  sizes.page_alignment = table::page_alignment;
  sizes.state = table::state_bytes;
  sizes.socket = sizeof(Socket);
  sizes.http = detail::gets_in<detail::socket_connection<Socket>, Socket>::request_bytes;
  sizes.root_channel = root_channel_bytes;
  sizes.draining = websocket::draining_bytes();
  sizes.node = table::node_bytes;
  sizes.async = table::tasks ? sizeof(detail::async_run) : 0;
  sizes.outgoing = table::outgoing;
  sizes.upload = table::upload;
  sizes.upload_meta = table::upload_meta;
  return sizes;
}

/// One host: one thread, its pools and its clients. Each port wraps it in its own `host`. `Peers`
/// is `peer_table` where clients have shares of the pools, and `no_peers` on a board.
template <class Socket, class Peers = no_peers>
class basic_host {
  static_assert(detail::tell(detail::mistakes_of_socket<Socket>()));

 public:
  /// `memory` must have `bytes(configured, options)` bytes, be aligned for any type, and outlive
  /// the host.
  basic_host(net::port& port, const limits& configured, const host_options& options,
             std::byte* memory) noexcept
      : peers_(peers_part(carver(memory), configured, options.endpoints), configured),
        core_(port, configured, sizes(options.endpoints), options, type_with(peers_, options),
              memory) {}

  /// Bytes of memory that such a host needs; usable at compile time.
  [[nodiscard]] static constexpr std::size_t bytes(
      const limits& configured, std::span<const plain_endpoint> endpoints = {}) noexcept {
    carver measure;
    (void)measure.take(host_bytes(configured, sizes(endpoints)));
    (void)measure.take(Peers::bytes(configured));
    return measure.used();
  }

  [[nodiscard]] host_core& core() noexcept { return core_; }
  /// Runs a coroutine in the background until it, or the host, ends.
  status spawn(task<>&& work) noexcept {
    core_.loop().make_current();
    return background_.spawn(std::move(work));
  }
  /// Closes every connection whose socket satisfies `condition`, for example when credentials
  /// change.
  template <class Condition>
  void disconnect_if(Condition&& condition, std::uint16_t code = 1008,
                     std::string_view reason = "credentials changed") noexcept {
    core_.each_websocket([&](websocket& each) {
      auto* with_socket = each.socket_of(&detail::type_key<Socket>);
      if (with_socket != nullptr && condition(*static_cast<const Socket*>(with_socket))) {
        each.close(code, reason);
      }
    });
  }

 private:
  static constexpr bool has_peers = std::is_base_of_v<peer_book, Peers>;
  static_assert(tracks_peers || !has_peers,
                "musubi: the port gives peers shares, which MUSUBI_WITHOUT_PEERS leaves out");
  static constexpr host_sizes sizes_of_socket = sizes_of<Socket>();

  /// Without peers, on a board, the memory is as large as the socket alone needs it: constants,
  /// which the firmware does not compute again.
  [[nodiscard]] static constexpr decltype(auto) sizes(
      [[maybe_unused]] std::span<const plain_endpoint> endpoints) noexcept {
    if constexpr (has_peers) {
      return sizes_of<Socket>(endpoints);
    } else {
      return (sizes_of_socket);
    }
  }
  /// The part of the peers, behind that of the core.
  [[nodiscard]] static std::byte* peers_part(
      [[maybe_unused]] carver memory, [[maybe_unused]] const limits& configured,
      [[maybe_unused]] std::span<const plain_endpoint> endpoints) noexcept {
    if constexpr (!has_peers) return nullptr;
    (void)memory.take(host_bytes(configured, sizes(endpoints)));
    return memory.take(Peers::bytes(configured));
  }
  [[nodiscard]] static connection_type type_with(
      [[maybe_unused]] Peers& peers, [[maybe_unused]] const host_options& options) noexcept {
    connection_type type = detail::type_of_connection<Socket>;
    if constexpr (has_peers) {
      type.shares = &shares_of_clients;
      if (options.share_by_peer) type.peers = &peers;
    }
    return type;
  }

  [[no_unique_address]] Peers peers_;
  host_core core_;
  task_group background_;
};

}  // namespace musubi
