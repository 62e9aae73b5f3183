#pragma once
/// The command line of the conformance server.

#include <chrono>

#include <musubi/asio/options.hpp>

namespace conformance {

struct options {
  musubi::asio::options host = {};
  std::chrono::milliseconds beat{50};  ///< between two beats of the pulse
};

/// Ends the program when it does not understand its command line.
options parse(int argc, const char* const* argv);

}  // namespace conformance
