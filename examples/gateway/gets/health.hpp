#pragma once
/// GET /health: for service managers, containers and load balancers.

#include <cstdint>

#include <musubi/musubi.hpp>

namespace gateway {

/// 200 while the processor and the memory can be read, and 503 while they cannot: the program
/// serves, but what it shows is old. It says nothing about the machine, so it needs no token.
struct health {
  static constexpr std::string_view path = "/health";

  musubi::status open(const musubi::get_request&, musubi::get_answer& answer);
};

}  // namespace gateway
