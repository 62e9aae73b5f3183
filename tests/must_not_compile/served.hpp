#pragma once
/// What the sources of several mistakes share: each wrong store is served by a host of its own. To
/// be included behind <musubi/host/host.hpp>.

#include <cstdint>
#include <string_view>

/// What every store has.
struct store {
  static constexpr std::string_view module = "App.Store";
};

/// A socket with that root.
template <class Store>
struct serves {
  using roots = musubi::roots<Store>;
};

/// Naming a host is enough to be told what is wrong with its stores.
#define MUSUBI_TEST_SERVE(Store) static_assert(sizeof(musubi::basic_host<serves<Store>>) != 0)
#define MUSUBI_TEST_HOST(Socket) static_assert(sizeof(musubi::basic_host<Socket>) != 0)
