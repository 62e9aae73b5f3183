#pragma once
/// GET /address.svg: the QR code by which a phone opens this page.

#include <string>

#include <musubi/musubi.hpp>

namespace gateway {

struct gateway_socket;

/// For those who may connect, as the page is: the link has the token of this run, if one was made.
/// It has no token that the user chose. Its title is the link.
struct address_code {
  static constexpr std::string_view path = "/address.svg";

  /// The image. Set before the host runs; empty if no other machine can connect, or without
  /// libqrencode.
  static inline std::string image;

  musubi::status open(const musubi::get_request&, musubi::get_answer& answer,
                      const gateway_socket& visitor);
};

}  // namespace gateway
