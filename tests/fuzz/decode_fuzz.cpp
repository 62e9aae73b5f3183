/// Arbitrary UTF-8 as the payload of a command: either they are refused with a reason, or what was
/// read from them, once written, reads back as the same value. Nothing is taken from the heap.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <variant>

#include <musubi/json/internal/reader.hpp>
#include <musubi/net/internal/utf8.hpp>
#include <musubi/schema/codec_record.hpp>

namespace {

using namespace musubi;

void require(bool invariant) {
  if (!invariant) std::abort();
}

enum class mode : std::uint8_t { off, eco, comfort };

struct span {
  std::int8_t from;
  std::uint16_t to;
};

struct zone {
  text<8> name;
  mode now;
  std::optional<float> limit;
  list<span, 3> spans;
};

// told apart by a constant
struct off_duty {
  constant<"off"> type;
};
struct on_duty {
  constant<"on"> type{};
  span hours;
};
// told apart by their keys
struct accepted {
  constant<true> ok;
};
struct refused {
  text<8> error;
  std::optional<std::variant<off_duty, on_duty>> by;
};
struct refused_at {
  text<8> error;
  std::int8_t line;
};

struct payload {
  bool on;
  musubi::safe_integer count;
  musubi::fixed<2> price;
  musubi::as_text<std::uint64_t> serial;
  double level;
  std::array<zone, 2> zones;
  dict<text<6>, std::optional<span>, 3> named;
  std::variant<off_duty, on_duty> duty;
  list<std::variant<accepted, refused, refused_at>, 2> answers;
};

class no_operations final : public operations {
 public:
  using operations::operations;

 private:
  void open() noexcept override {}
};

std::array<char, 65536> written;

/// What is wrong, in the words of the reply.
std::string_view told(const decode_error& error, std::array<char, 4096>& room) {
  json::buffer_output out(room.data(), room.size());
  json::writer to(out);
  error.write_field(to);
  to.raw(": ");
  to.raw(error.expected());
  return out.view();
}

/// The general way says the same as the short one.
void require_same(std::string_view json, bool fits, const payload& made,
                  const decode_error& error) {
  payload other{};
  decode_error general = error.another();
  general.go_general();
  json::reader from(json);
  require(codec<payload>::read(from, other, general) == fits);
  if (fits) return require(codec<payload>::equal(made, other));
  std::array<char, 4096> rooms[2];
  require(told(error, rooms[0]) == told(general, rooms[1]));
}

bool read(std::string_view json, payload& into, decode_error& error) {
  if (!json::well_formed(json)) {
    (void)error.expect("JSON");
    return false;
  }
  json::reader from(json);
  const bool fits = codec<payload>::read(from, into, error);
  require_same(json, fits, into, error);
  if (fits) return true;
  // the path points into the text: it is told while that lives
  json::buffer_output out(written.data(), written.size());
  json::writer to(out);
  to.raw('"');
  error.write_field(to);
  to.raw('"');
  require(!out.failed() && json::well_formed(out.view()));
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  if (!net::is_utf8(json)) return 0;  // the WebSocket does not let it through
  payload first{};
  decode_error error;
  error.absent_means_null = size % 2 == 0;
  if (!read(json, first, error)) {
    require(!error.expected().empty());
    return 0;
  }
  json::buffer_output out(written.data(), written.size());
  json::writer to(out);
  codec<payload>::write(to, first);
  require(!out.failed() && json::well_formed(out.view()));

  payload second{};
  decode_error none;
  require(read(out.view(), second, none));
  require(codec<payload>::equal(first, second));

  no_operations ops(to);
  codec<payload>::diff(ops, pointer::root(), first, second);
  require(ops.count() == 0);
  return 0;
}
