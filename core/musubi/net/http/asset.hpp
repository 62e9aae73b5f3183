#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/net/http/internal/head.hpp>
#include <musubi/net/http/internal/response.hpp>

/// Static files linked into the program: a page and what it loads.
namespace musubi::net::http {

/// One file. All views refer to static data.
struct asset {
  std::string_view path;                ///< as in the URL, not escaped: "/assets/app-3f2a.js"
  std::string_view content_type;        ///< "text/html; charset=utf-8"
  std::string_view etag;                ///< changes with the content; without its quotes
  std::span<const unsigned char> gzip;  ///< the content, compressed at build time
  bool immutable = false;  ///< the name contains a hash of the content: may be cached for a year
  /// The uncompressed content, for clients that do not accept gzip (wget, Python's urllib).
  /// Optional.
  std::span<const unsigned char> plain = {};
};

/// The files of a program. Searched linearly: a table has a few dozen entries at most.
struct asset_table {
  std::span<const asset> assets;
  /// Sent with HTML files, with "frame-ancestors" appended.
  std::string_view content_security_policy = default_content_security_policy;
  /// Set by the host, from `host_options::frame_ancestors`.
  std::string_view frame_ancestors = default_frame_ancestors;

  /// The asset at `path`, or null. "/" is "/index.html". Empty path segments are ignored.
  [[nodiscard]] const asset* find(std::string_view path) const noexcept;
};

/// What changes when any file of `table` does, as 16 hexadecimal digits: for `host_options::build`,
/// so that a page that was left open during an update reloads itself.
[[nodiscard]] text<16> build_of(const asset_table& table) noexcept;

/// The response to a request for a file.
struct asset_answer {
  std::uint16_t status = 0;
  /// Bytes of `out` to send first. 0: `out` is too small (`response_head_size` is enough).
  std::size_t head = 0;
  /// To send next, a view into the table; empty after a HEAD, a 304 or an error.
  std::span<const unsigned char> body;
  /// Close the connection after sending.
  bool close = false;
};

/// Prepares the response to `request` and writes its head into `out`: 200; 304 when If-None-Match
/// names the content (RFC 9110 13.1.2); 404; 405 for methods other than GET and HEAD; 406 when
/// Accept-Encoding admits none of the available forms. The uncompressed form, if available, is sent
/// unless the client asks for gzip. The query is ignored. With MUSUBI_WITHOUT_NEGOTIATION a file is
/// always a 200 with the compressed form.
[[nodiscard]] asset_answer answer_asset(const asset_table& table, const head& request,
                                        std::span<char> out) noexcept;

/// True when Accept-Encoding admits gzip; false when it is absent (RFC 9110 12.5.3).
[[nodiscard]] bool admits_gzip(const head& request) noexcept;
/// True when Accept-Encoding admits the uncompressed form, or is absent.
[[nodiscard]] bool admits_plain(const head& request) noexcept;

/// True when If-None-Match is "*" or lists `etag` (without quotes), compared weakly.
[[nodiscard]] bool names_etag(const head& request, std::string_view etag) noexcept;

}  // namespace musubi::net::http
