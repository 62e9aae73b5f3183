#include <algorithm>
#include <cstring>
#include <sys/random.h>

#include <musubi/access/password.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/same_secret.hpp>

#if defined(MUSUBI_HAS_CRYPT)
#include <crypt.h>
#endif

namespace musubi::access {

status check_password(std::string_view chosen) noexcept {
  if (chosen.size() < shortest_password) return refuse("a password has at least 8 bytes");
  if (chosen.size() > longest_password) return refuse("a password has at most 72 bytes");
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(chosen.begin(), chosen.end(), control)) {
    return refuse("a password has no control characters");
  }
  return {};
}

void wipe(void* memory, std::size_t bytes) noexcept {
  std::memset(memory, 0, bytes);
  __asm__ volatile("" : : "r"(memory) : "memory");  // the compiler must not leave it out
}

bool is_hash(std::string_view written) noexcept {
  constexpr std::string_view alphabet =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  if (written.size() != password_hash::capacity) return false;
  if (!written.starts_with("$2b$") || written[6] != '$') return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!digit(written[4]) || !digit(written[5])) return false;
  const std::string_view rest = slice(written, 7);
  return rest.find_first_not_of(alphabet) == std::string_view::npos;
}

#if defined(MUSUBI_HAS_CRYPT)

namespace {

/// The hash of `given` with method, cost and salt of `setting`; empty if it cannot be made.
password_hash hash_as(std::string_view given, const char* setting) noexcept {
  struct memory {
    crypt_data data{};
    char given[longest_password + 1]{};
    ~memory() { wipe(this, sizeof *this); }
  } here;
  password_hash made;
  if (given.size() > longest_password || given.find('\0') != std::string_view::npos) return made;
  std::copy(given.begin(), given.end(), here.given);
  const char* const hash = ::crypt_r(here.given, setting, &here.data);
  if (hash != nullptr && hash[0] != '*') (void)made.assign(hash);
  return made;
}

}  // namespace

result<password_hash> hash_password(std::string_view chosen, unsigned cost) noexcept {
  char salt[16];
  if (::getrandom(salt, sizeof salt, 0) != static_cast<ssize_t>(sizeof salt)) {
    return fail("the system has no randomness");
  }
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  if (::crypt_gensalt_rn("$2b$", cost, salt, sizeof salt, setting, sizeof setting) == nullptr) {
    return fail("this system's libcrypt has no bcrypt");
  }
  const password_hash made = hash_as(chosen, setting);
  if (made.empty()) return fail("the password could not be hashed");
  return made;
}

bool is_password(std::string_view given, std::string_view right) noexcept {
  if (!is_hash(right)) return false;
  char setting[password_hash::capacity + 1]{};
  std::copy(right.begin(), right.end(), setting);
  const password_hash made = hash_as(given, setting);
  return !made.empty() && net::same_secret(made, right);
}

#else

result<password_hash> hash_password(std::string_view, unsigned) noexcept {
  return fail("this program was built without libxcrypt, and knows no passwords");
}

bool is_password(std::string_view, std::string_view) noexcept {
  return false;
}

#endif

}  // namespace musubi::access
