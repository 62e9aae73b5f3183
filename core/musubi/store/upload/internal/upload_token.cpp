#include <musubi/net/same_secret.hpp>
#include <musubi/store/upload/internal/upload_token.hpp>

namespace musubi {

upload_token sign(const net::hmac_key& key, const upload_grant& grant) noexcept {
  const std::int64_t numbers[] = {
      static_cast<std::int64_t>(grant.client_size), static_cast<std::int64_t>(grant.max_file_size),
      static_cast<std::int64_t>(grant.chunk_size),
      static_cast<std::int64_t>(grant.chunk_timeout.count()),
      static_cast<std::int64_t>(grant.expires.time_since_epoch().count())};
  // no text has a NUL in it: JSON that has is not read
  constexpr std::string_view border("\0", 1);
  const std::string_view parts[] = {"musubi_upload",
                                    border,
                                    grant.module,
                                    border,
                                    grant.id,
                                    border,
                                    grant.store_id,
                                    border,
                                    grant.name,
                                    border,
                                    grant.ref,
                                    border,
                                    {reinterpret_cast<const char*>(numbers), sizeof numbers}};
  upload_token token;
  (void)net::encode_base64url(net::hmac_sha256(key, parts), token);
  return token;
}

bool token_matches(std::string_view token, const net::hmac_key& key,
                   const upload_grant& grant) noexcept {
  const upload_token right = sign(key, grant);
  return net::same_secret(token, {right.data(), right.size()});
}

}  // namespace musubi
