#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/internal/left_out.hpp>
#include <musubi/memory/internal/same_text.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/asset.hpp>
#include <musubi/net/http/internal/path.hpp>

namespace musubi::net::http {
namespace {

/// True for a weight of zero: "q=0", "q=0.000" (RFC 9110 12.4.2).
bool is_refused(std::string_view parameters) noexcept {
  while (!parameters.empty()) {
    const auto parameter = trim(split_off(parameters, ';'));
    if (parameter.size() < 3 || !iequals(slice(parameter, 0, 2), "q=")) continue;
    return consists_of(slice(parameter, 2), [](char c) { return c == '0' || c == '.'; });
  }
  return false;
}

/// Whether Accept-Encoding admits a coding; `otherwise` if it does not mention it.
bool admits(const head& request, const char* coding, const char* alias, bool otherwise) noexcept {
  if (!present(request.accept_encoding)) return true;
  bool any = otherwise;
  member_cursor members{request, "accept-encoding"};
  std::string_view member;
  while (members.next(member)) {
    const auto named = trim(split_off(member, ';'));
    if (iequals(named, coding) || iequals(named, alias)) return !is_refused(member);
    if (same_text(named, "*")) any = !is_refused(member);
  }
  return any;
}

bool is_html(const asset& file) noexcept {
  return same_text(slice(file.content_type, 0, 9), "text/html");
}

}  // namespace

const asset* asset_table::find(std::string_view path) const noexcept {
  const bool root = consists_of(path, [](char c) { return c == '/'; });
  if (root) path = "/index.html";
  for (const auto& file : assets) {
    if (same_path(path, file.path)) return &file;
  }
  return nullptr;
}

bool admits_gzip(const head& request) noexcept {
  return admits(request, "gzip", "x-gzip", false);
}

bool admits_plain(const head& request) noexcept {
  return admits(request, "identity", "identity", true);
}

bool names_etag(const head& request, std::string_view etag) noexcept {
  member_cursor members{request, "if-none-match"};
  std::string_view member;
  while (members.next(member)) {
    if (same_text(member, "*")) return true;
    if (same_text(slice(member, 0, 2), "W/")) member.remove_prefix(2);
    if (member.size() == etag.size() + 2 && member.front() == '"' && member.back() == '"' &&
        slice(member, 1, etag.size()) == etag) {
      return true;
    }
  }
  return false;
}

asset_answer answer_asset(const asset_table& table, const head& request,
                          std::span<char> out) noexcept {
  const bool head_only = same_text(request.method, "HEAD");
  asset_answer answer;
  answer.close = !request.keep_alive;
  const asset* file = table.find(request.path);
  bool plain = false;
  if (file == nullptr) {
    answer.status = 404;
  } else if (!head_only && !same_text(request.method, "GET")) {
    answer.status = 405;
  } else {
    answer.status = 200;
    if constexpr (negotiates) {
      const bool gzip = admits_gzip(request);
      // a client that does not mention gzip may not be able to decode it
      plain = !file->plain.empty() && admits_plain(request) &&
              !(gzip && present(request.accept_encoding));
      if (names_etag(request, file->etag)) answer.status = 304;
      if (!gzip && !plain) answer.status = 406;
    }
  }
  if (answer.status >= 400) {
    std::string_view text;
    if constexpr (writes_reasons) text = reason_phrase(answer.status);
    if (negotiates && writes_reasons && answer.status == 406) {
      text = "this file is only available compressed: send Accept-Encoding: gzip";
    }
    answer.head = write_error(out, {.status = answer.status,
                                    .text = text,
                                    .keep_alive = request.keep_alive,
                                    .head_only = head_only});
    return answer;
  }

  const std::span<const unsigned char> content = plain ? file->plain : file->gzip;
  head_writer writer{out};
  writer.status(answer.status);
  if (answer.status == 200) {
    writer.field("Content-Type", file->content_type);
    if (!plain) writer.raw("Content-Encoding: gzip\r\n");
    writer.field("Content-Length", content.size());
    if (!head_only) answer.body = content;
  }
  if constexpr (negotiates) {
    // the strong tag identifies the compressed bytes (RFC 9110 8.8.3.3)
    writer.raw(plain ? "ETag: W/\"" : "ETag: \"").raw(file->etag);
    writer.raw("\"\r\n");
  }
  writer.raw("Cache-Control: ")
      .raw(file->immutable ? "public, max-age=31536000, immutable\r\n" : "no-cache\r\n");
  if constexpr (negotiates) writer.raw("Vary: Accept-Encoding\r\n");
  if (is_html(*file)) {
    writer.raw("Content-Security-Policy: ")
        .raw(table.content_security_policy)
        .raw("; frame-ancestors ")
        .raw(table.frame_ancestors)
        .raw("\r\n");
  }
  writer.last_fields(answer.close ? "close" : "keep-alive");
  answer.head = writer.finish();
  return answer;
}

}  // namespace musubi::net::http
