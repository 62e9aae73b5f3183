#pragma once
/// The command line of the conformance server.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <musubi/host/limits.hpp>

namespace conformance {

struct options {
  std::uint16_t port = 4000;
  unsigned cores = 1;  ///< hosts, one thread each
  unsigned beat = 50;  ///< milliseconds between two beats of the pulse
  bool share_by_peer = true;
  std::string_view build = {};  ///< what pages are told to be
  musubi::limits limits = {};
};

/// Reads `--name number` pairs; ends the program on anything else.
options parse(int count, char** arguments);

}  // namespace conformance
