// What musubi_add_assets makes of the folder web/.

#include "styled_ui.hpp"
#include "web_ui.hpp"

#include <cstdio>

namespace {

using musubi::net::http::asset;

bool is_gzip_of(const asset& file, unsigned char size) {
  // RFC 1952: the magic number first, the size of the content in the last four bytes.
  const auto bytes = file.gzip;
  return bytes.size() > 18 && bytes[0] == 0x1f && bytes[1] == 0x8b &&
         bytes[bytes.size() - 4] == size && bytes[bytes.size() - 3] == 0;
}

}  // namespace

#define REQUIRE(...) \
  if (!(__VA_ARGS__)) return std::printf("line %d: not so: %s\n", __LINE__, #__VA_ARGS__), 1

int main() {
  REQUIRE(web_ui.assets.size() == 4);

  const asset* index = web_ui.find("/");
  REQUIRE(index != nullptr);
  REQUIRE(index->path == "/index.html");
  REQUIRE(index->content_type == "text/html; charset=utf-8");
  REQUIRE(index->etag == "3dc9dc6cc42d6615");
  REQUIRE(!index->immutable);
  REQUIRE(is_gzip_of(*index, 38));

  const asset* hashed = web_ui.find("/assets/index-B1z9_xQk.js");
  REQUIRE(hashed != nullptr);
  REQUIRE(hashed->content_type == "text/javascript; charset=utf-8");
  REQUIRE(hashed->immutable);

  const asset* word = web_ui.find("/assets/user-settings.js");
  REQUIRE(word != nullptr);
  REQUIRE(!word->immutable);

  const asset* unknown = web_ui.find("/assets/blob.unknown");
  REQUIRE(unknown != nullptr);
  REQUIRE(unknown->content_type == "application/octet-stream");
  REQUIRE(is_gzip_of(*unknown, 3));

  REQUIRE(web_ui.find("/nothing") == nullptr);

  REQUIRE(web_ui.content_security_policy == musubi::net::http::default_content_security_policy);
  REQUIRE(styled_ui.content_security_policy ==
          "default-src 'self'; style-src 'self' 'unsafe-inline'");
  REQUIRE(styled_ui.assets.size() == web_ui.assets.size());
  return 0;
}
