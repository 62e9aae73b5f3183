// Every kind of field, and handlers of every form, compile: the others fail for what they are
// about.

#include <array>
#include <cstdint>
#include <optional>

#include <musubi/store/page/internal/root_page.hpp>

namespace {  // a store may well live in an unnamed namespace

enum class mode : std::uint8_t { off, eco, comfort };

struct span {
  std::int16_t from;
  std::int16_t to;
};

struct thermostat {
  static constexpr std::string_view module = "App.Thermostat";
  struct State {
    bool on;
    musubi::safe_integer count;
    musubi::fixed<3> weight;
    musubi::as_text<std::uint64_t> serial;
    float celsius;
    double precise;
    mode now;
    musubi::text<16> name;
    std::optional<musubi::text<8>> fault;
    musubi::list<span, 4> spans;
    std::array<int, 3> last;
    musubi::dict<musubi::text<8>, span, 2> named;
  };
  struct SetTarget {
    float celsius;
  };
  struct Reboot {
    struct Reply {
      int in_seconds;
    };
  };
  struct Rename {
    musubi::text<16> name;
  };
  using commands = musubi::commands<SetTarget, Reboot, Rename>;

  musubi::status handle(const SetTarget&, musubi::context&) { return {}; }
  musubi::result<Reboot::Reply> handle(const Reboot&, musubi::context&) { return Reboot::Reply{1}; }
  musubi::task<musubi::status> handle(const Rename&, musubi::context&) { co_return {}; }
  State render(const musubi::context&) const { return {}; }
};

struct socket {};

}  // namespace

static_assert(sizeof(musubi::root_page<thermostat, socket>) != 0);
