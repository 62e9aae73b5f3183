/// Arbitrary text as the value of a signed cookie, once as it comes and once with a tag of the
/// right key: without the key nothing is opened but what was sealed, and what a payload holds is
/// read or refused.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <musubi/host/signed_cookie.hpp>

namespace {

using namespace musubi;

void require(bool invariant) {
  if (!invariant) std::abort();
}

struct visitor {
  text<8> name;
  std::optional<std::int32_t> visits;
  list<text<4>, 2> roles;
};

constexpr signed_cookie login("login", net::hmac_key{1, 2, 3});
constexpr signed_cookie::seconds now{std::chrono::seconds(1'800'000'000)};

alignas(std::max_align_t) std::array<std::byte, 65536> memory;
std::array<char, 65536> room;
std::array<char, 65536> again;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 16384) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto opened = login.open(text, now, std::span(room).first(size));
  // whatever it opens was sealed with this key, and says until when
  if (opened) {
    const std::string_view until = text.substr(text.find('.') + 1);
    require(until.find('.') != std::string_view::npos && opened->size() < text.size());
  }

  const std::size_t sealed = login.seal(text, now + std::chrono::seconds(1), room);
  require(sealed != 0 && sealed <= signed_cookie::sealed_size(size));
  const std::string_view value(room.data(), sealed);
  const auto back = login.open(value, now, again);
  require(back && *back == text);
  require(!login.open(value, now + std::chrono::seconds(1), again));

  carver cut(memory.data());
  arena space("decode", cut, memory.size());
  const auto typed = login.decode<visitor>(value, now, space);
  if (!typed) return 0;
  const std::size_t encoded = login.encode(*typed, now + std::chrono::seconds(1), again);
  require(encoded != 0);
  space.reset();
  const auto same = login.decode<visitor>({again.data(), encoded}, now, space);
  require(same && codec<visitor>::equal(*typed, *same));
  return 0;
}
