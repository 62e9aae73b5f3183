#include <musubi/memory/fnv1a.hpp>
#include <musubi/net/http/asset.hpp>

namespace musubi::net::http {

text<16> build_of(const asset_table& table) noexcept {
  fnv1a all;
  for (const asset& each : table.assets) all.add(each.etag);
  const std::uint64_t hash = all.hash();
  text<16> digits;
  digits.resize_and_overwrite(16, [&](char* into) {
    for (int shift = 60; shift >= 0; shift -= 4) *into++ = "0123456789abcdef"[hash >> shift & 0xFU];
  });
  return digits;
}

}  // namespace musubi::net::http
