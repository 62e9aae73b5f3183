#pragma once
/// Hashes of passwords: bcrypt, by libxcrypt's `crypt_r`. It is salted and slow, and takes memory
/// of a fixed size, from the stack of the thread that calls it (33 KB).

#include <cstddef>
#include <string_view>

#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>

namespace musubi::access {

/// bcrypt ignores what follows.
inline constexpr std::size_t longest_password = 72;
/// The least that NIST SP 800-63B asks for.
inline constexpr std::size_t shortest_password = 8;

/// What somebody typed.
using password_text = text<longest_password>;
/// "$2b$11$" and 53 characters: method, cost, salt and hash.
using password_hash = text<60>;

/// 2^11 rounds: 0.1 s of a PC's core, about 1 s of a small gateway's. OWASP asks for 10 or more.
inline constexpr unsigned usual_cost = 11;

/// Refuses a password that is too short, too long, or has control characters.
[[nodiscard]] status check_password(std::string_view chosen) noexcept;
/// The hash of `chosen`, with a new salt. `cost` is from 4, for tests, to 31. Blocks for as long as
/// that takes. Fails without libxcrypt, and without randomness.
[[nodiscard]] result<password_hash> hash_password(std::string_view chosen,
                                                  unsigned cost = usual_cost) noexcept;
/// Whether `given` is the password of `right`. Blocks as long as `hash_password`. Where they differ
/// cannot be told from the time that it takes.
[[nodiscard]] bool is_password(std::string_view given, std::string_view right) noexcept;
/// Whether it looks like a hash that `is_password` can compare with.
[[nodiscard]] bool is_hash(std::string_view written) noexcept;

/// Overwrites what must not stay in memory.
void wipe(void* memory, std::size_t bytes) noexcept;
template <std::size_t N>
void wipe(text<N>& secret) noexcept {
  wipe(&secret, sizeof secret);
  secret.clear();
}

}  // namespace musubi::access
