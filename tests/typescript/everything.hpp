#pragma once
/// Stores that use all that a bundle can hold. everything.d.ts is made of them, and
/// packages/client/test/generated.test.ts has the compiler of TypeScript read it.

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include <musubi/host/host.hpp>
#include <musubi/store/child/child.hpp>
#include <musubi/store/event/push_event.hpp>
#include <musubi/store/stream/stream.hpp>
#include <musubi/store/task/async_value.hpp>
#include <musubi/store/upload/uploads.hpp>

namespace everything {

using short_text = musubi::text<15>;

enum class priority { low, normal, high };

/// Shared between stores, hence an interface.
struct log_entry {
  static constexpr std::string_view module = "Everything.LogEntry";
  short_text id;
  priority weight;
};
struct place {
  static constexpr std::string_view module = "Everything.Geo.Place";
  double latitude;
  double longitude;
  std::optional<log_entry> visited;
};

class target {
 public:
  std::int32_t celsius_;
  std::optional<short_text> unit_;
  static constexpr auto fields = musubi::fields(musubi::field("celsius", &target::celsius_),
                                                musubi::field("unit-name", &target::unit_));
};

struct line {
  static constexpr std::string_view module = "Everything.Stores.Line";
  struct State {
    short_text label;
    std::int32_t qty;
  };
  struct SetQty {
    std::int32_t qty;
    struct Reply {
      bool ok;
    };
  };
  using commands = musubi::commands<SetQty>;
  struct SoldOut {};
  using events = musubi::events<SoldOut>;

  musubi::result<SetQty::Reply> handle(const SetQty&, musubi::context&);
  State render() const;
};

struct wing {
  short_text name;
  musubi::list<std::optional<musubi::child<line>>, 4> rooms;
};

/// Told apart by a constant.
struct idle {
  musubi::constant<"idle"> type;
};
struct sent {
  musubi::constant<"sent"> type{};
  std::optional<log_entry> as;
};
/// Told apart by their keys.
struct accepted {
  musubi::constant<true> ok;
};
struct denied {
  priority error;
};

struct page {
  static constexpr std::string_view module = "Everything.Stores.Page";
  struct State {
    short_text title;
    bool open;
    std::uint8_t small;
    musubi::safe_integer large;
    musubi::fixed<2> price;
    musubi::as_text<std::uint64_t> larger;
    float ratio;
    priority weight;
    std::optional<priority> perhaps;
    target aim;
    place where;
    musubi::list<short_text, 4> tags;
    musubi::list<priority, 4> weights;
    std::array<std::array<std::int32_t, 2>, 2> matrix;
    musubi::dict<short_text, short_text, 4> meta;
    musubi::child<line> cover;
    std::optional<musubi::child<line>> spare;
    musubi::list<musubi::child<line>, 8> lines;
    musubi::dict<short_text, musubi::child<line>, 4> by_name;
    musubi::list<wing, 2> wings;
    std::variant<idle, sent> status;
    std::optional<std::variant<idle, place>> perhaps_there;
    musubi::list<std::variant<accepted, denied>, 4> answers;
    musubi::stream<log_entry> history;
    musubi::async<wing> nearest;
    musubi::async<musubi::stream<log_entry>> log;
  };
  struct Rename {
    short_text title;
    std::optional<priority> weight;
  };
  struct Reset {
    struct Reply {
      std::int32_t cleared;
      place last;
    };
  };
  struct Aim {
    std::variant<target, place> at;
    using Reply = std::variant<accepted, denied>;
  };
  struct Tune {
    static constexpr std::string_view name = "tune.fine";
    std::int32_t celsius;
    static constexpr auto fields = musubi::fields(
        musubi::field("celsius", &Tune::celsius, "In whole °C; [5, 30] or \\u{21}; \"so\"."));
  };
  using commands = musubi::commands<Rename, Reset, Aim, Tune>;
  struct Toast {
    short_text msg;
    std::variant<log_entry, idle> about;
  };
  using events = musubi::events<Toast>;
  struct Avatar {
    static constexpr std::array accept{".png"};
  };
  struct FloorPlan {
    static constexpr auto accept = musubi::any_file;
  };
  using uploads = musubi::uploads<Avatar, FloorPlan>;

  musubi::status handle(const Rename&, musubi::context&);
  musubi::result<Reset::Reply> handle(const Reset&, musubi::context&);
  musubi::result<Aim::Reply> handle(const Aim&, musubi::context&);
  musubi::status handle(const Tune&, musubi::context&);
  musubi::result<musubi::upload_sink*> open_upload(const Avatar&, const musubi::upload_entry&,
                                                   musubi::context&);
  musubi::result<musubi::upload_sink*> open_upload(const FloorPlan&, const musubi::upload_entry&,
                                                   musubi::context&);
  State render() const;
};

struct socket {
  using roots = musubi::roots<page>;
};

}  // namespace everything
