#pragma once
/// GET requests that the program answers itself: its health, a table of readings, an attachment.
///
///     struct health {
///       static constexpr std::string_view path = "/health";
///       musubi::status open(const musubi::get_request&, musubi::get_answer& answer) {
///         answer.content_type = "application/json";
///         answer.whole(R"({"status":"ok"})");
///         return {};
///       }
///     };
///     struct home_socket {
///       using roots = musubi::roots<home>;
///       using gets = musubi::gets<health>;
///     };
///
/// The host makes an object of such a class for each request, calls its `open`, and destroys it
/// when the last byte has been sent or the client is gone. A body that is not in memory as a whole
/// is asked for piece by piece, as fast as the client takes it, with
///
///     musubi::result<std::size_t> read(std::uint64_t offset, std::span<char> into);
///
/// which writes bytes to `into`, which has room for `get_answer::least_piece` or more, and returns
/// how many. If `get_answer::length` was told, `offset` is the first byte's place in the content,
/// also within a range; otherwise it counts what was read, and 0 bytes are the end. An error ends
/// the response in the middle, and the client sees that it is incomplete: so a source whose content
/// was replaced meanwhile never sends bytes of both.
///
/// Both functions run on the host's thread and must not block it. With several cores, each calls
/// its own objects, on its own thread. An `open` with a third parameter, `const Socket&`, is for
/// those who may connect: `load_session` and `handle_connect` are asked first, with the same
/// cookies and tokens, and Origin is checked.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <musubi/host/connect_info.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace musubi {

/// The GET requests that a socket's host answers, as `using gets = musubi::gets<health, readings>;`
/// in the socket. The first whose path fits is asked; other paths are files.
template <class... Get>
struct gets {};

/// The request, for `open`. All views are valid during that call only.
class get_request : public connect_info {
 public:
  /// Most variable segments of a path.
  static constexpr std::size_t most_segments = 4;
  using segments = std::array<std::string_view, most_segments>;

  get_request(const connect_info& info, std::string_view route, const segments& given) noexcept
      : connect_info(info), route_(route), segments_(given) {}

  /// What stands in the path for `:name` of the route's `path`, decoded: "/files/:id" and
  /// "/files/a%20b" have the `segment("id")` "a b". It may hold any UTF-8 but control characters,
  /// also "/" and "..", and is never empty. Empty if the route has no such segment.
  [[nodiscard]] std::string_view segment(std::string_view name) const noexcept;

 private:
  std::string_view route_;
  segments segments_;
};

/// The response, for `open` to fill in. Views must stay valid until the object is destroyed: they
/// are static, or of the object itself.
struct get_answer {
  /// `read` always has room for so many bytes, so that it can write whole lines.
  static constexpr std::size_t least_piece = 512;
  /// For content that a program did not make itself: it cannot run scripts, nor load anything.
  static constexpr std::string_view isolated = "default-src 'none'; sandbox";

  /// 200, or the status of an answer with another meaning: 503 of a health check. With a refusal,
  /// the status of that; by default 404, and 503 with Retry-After when a pool is exhausted.
  std::uint16_t status = 200;
  /// Sent if it consists of printable ASCII, and otherwise as the default.
  std::string_view content_type = "application/octet-stream";
  /// Changes with the content, without quotes: a browser that has this version gets 304, and a
  /// range only of this version. Printable ASCII without quotes and blanks; ignored otherwise.
  /// Empty: not sent.
  text<64> etag;
  /// Bytes of the content. Nothing: known when they have been read; a client cannot ask for ranges.
  std::optional<std::uint64_t> length;
  /// The name that a browser proposes for saving the content: any UTF-8.
  std::string_view file_name;
  /// Saved, and not shown by the browser.
  bool download = false;
  /// Seconds for Retry-After, with status 429 or 503. 0: none with 429, the host's own with 503.
  std::uint32_t retry_after = 0;
  /// The value of Set-Cookie: "name=value; Path=/; HttpOnly; SameSite=Strict". Only of a whole
  /// answer.
  std::string_view set_cookie;
  /// Empty: "no-cache" with an etag, "no-store" without one, and "private" if the socket was asked.
  std::string_view cache_control;
  std::string_view content_security_policy = isolated;

  /// The content is this text, or these bytes, which are sent from where they are: they must not
  /// change until the object is destroyed. `read` is not called.
  void whole(std::string_view content) noexcept {
    whole(std::as_bytes(std::span(content.data(), content.size())));
  }
  void whole(std::span<const std::byte> content) noexcept {
    in_place = content;
    length = content.size();
  }
  std::optional<std::span<const std::byte>> in_place;  ///< set by `whole`
};

}  // namespace musubi
