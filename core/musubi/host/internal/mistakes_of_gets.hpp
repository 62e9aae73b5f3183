#pragma once
/// What is wrong with the gets that a socket lists.

#include <musubi/mistake/socket.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include <musubi/host/get.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/schema/named_list.hpp>
#include <musubi/schema/named_member.hpp>

namespace musubi::detail {

/// Opened only for visitors that the socket lets in.
template <class Get, class Socket>
concept get_for_visitors = requires(Get& get, const get_request& request, get_answer& answer,
                                    const Socket& visitor) {
  { get.open(request, answer, visitor) } -> std::same_as<status>;
};
template <class Get>
concept get_for_all = requires(Get& get, const get_request& request, get_answer& answer) {
  { get.open(request, answer) } -> std::same_as<status>;
};
template <class Get>
concept get_in_pieces = requires(Get& get, std::uint64_t offset, std::span<char> into) {
  { get.read(offset, into) } -> std::same_as<result<std::size_t>>;
};

template <class Get>
concept has_path = std::is_class_v<Get> && requires {
  { Get::path } -> std::convertible_to<std::string_view>;
  sizeof(Get);
};

consteval bool is_path_of_get(std::string_view path) {
  if (path.empty() || path.find_first_of("?#%") != std::string_view::npos) return false;
  std::size_t variable = 0;
  while (!path.empty()) {
    if (path.front() != '/') return false;
    const std::string_view segment = slice(path, 1, slice(path, 1).find('/'));
    if (segment.empty() || segment == ":") return false;
    if (segment.front() == ':') ++variable;
    path = slice(path, 1 + segment.size());
  }
  return variable <= get_request::most_segments;
}

struct by_path {
  template <class Get>
  static constexpr std::string_view of = Get::path;
};

template <class Socket, class List>
struct mistakes_in_gets {
  static consteval auto find() { return mistakes<mistake::gets_of_another_kind<Socket, List>>(); }
};
template <class Socket, class... Get>
struct mistakes_in_gets<Socket, gets<Get...>> {
  template <class One>
  static consteval auto of_one() {
    if constexpr (!has_path<One>) {
      return mistakes<mistake::get_without_path<Socket, One>>();
    } else if constexpr (!is_path_of_get(One::path)) {
      return mistakes<mistake::get_with_malformed_path<Socket, One>>();
    } else if constexpr (std::is_final_v<One> || !std::is_default_constructible_v<One>) {
      return mistakes<mistake::get_that_cannot_be_made<Socket, One>>();
    } else if constexpr (!get_for_all<One> && !get_for_visitors<One, Socket>) {
      return mistakes<mistake::open_of_another_form<Socket, One>>();
    } else if constexpr (!get_in_pieces<One> && has_member<One, read_name>()) {
      return mistakes<mistake::read_of_another_form<Socket, One>>();
    } else {
      return no_mistake;
    }
  }
  static consteval auto find() {
    if constexpr (constexpr auto each = detail::join(of_one<Get>()...); !detail::is_right(each)) {
      return each;
    } else {
      return duplicates_in<by_path, mistake::gets_with_one_path, Socket, Get...>::find();
    }
  }
};

template <class Socket>
struct gets_of {
  using type = gets<>;
};
template <class Socket>
requires requires {
  typename Socket::gets;
}
struct gets_of<Socket> {
  using type = typename Socket::gets;
};

template <class Socket>
consteval auto mistakes_of_gets() {
  using list = typename gets_of<Socket>::type;
  if constexpr (std::is_same_v<list, gets<>>) {
    return no_mistake;
  } else {
    return mistakes_in_gets<Socket, list>::find();
  }
}

/// The gets of a socket; none if something is wrong, so that nothing is said but what is wrong.
template <class Socket, bool Right = detail::is_right(mistakes_of_gets<Socket>())>
struct right_gets_of {
  using type = typename gets_of<Socket>::type;
};
template <class Socket>
struct right_gets_of<Socket, false> {
  using type = gets<>;
};

}  // namespace musubi::detail
