#pragma once
/// A store with children wherever a State can hold them, async values, and a stream in a struct.

#include "note.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include <musubi/musubi.hpp>

namespace musubi::property {

struct fact {
  text<23> what;
  double much;
};

inline task<result<fact>> look_up(std::uint64_t seed) {
  chance any(seed);
  co_await sleep(std::chrono::milliseconds(any.below(40)));
  if (any.in(4)) co_return refuse("no_luck");
  if (any.in(6)) throw std::runtime_error("look_up");
  co_return fact{text<23>::clipped(any.of(texts)), any.from(-99, 99) / 8.0};
}
inline task<result<std::int32_t>> count(std::uint64_t seed) {
  chance any(seed);
  co_await sleep(std::chrono::milliseconds(any.below(40)));
  if (any.in(4)) co_return refuse("uncounted");
  co_return any.from(1, 9);
}
inline task<result<stream_items<item, 4>>> browse(std::uint64_t seed) {
  chance any(seed);
  co_await sleep(std::chrono::milliseconds(any.below(40)));
  if (any.in(4)) co_return refuse("empty");
  stream_items<item, 4> found;
  found.reset = any.in(2);
  found.where.at = any.from(-1, 2);
  for (std::size_t left = any.below(5); left != 0; --left) {
    (void)found.items.push_back(any_item(any));
  }
  co_return found;
}

enum class mood { calm, keen, weary };
inline constexpr mood moods[] = {mood::calm, mood::keen, mood::weary};
inline constexpr std::string_view mood_names[] = {"calm", "keen", "weary"};

using id_text = text<15>;

/// `most` ids at most, each once, in any order.
template <std::size_t N>
void any_ids(list<id_text, N>& into, chance& any) {
  into.clear();
  for (std::size_t left = any.below(N + 1); left != 0; --left) {
    const id_text fresh = id_text::clipped(any.of(ids));
    const bool there =
        std::any_of(into.begin(), into.end(), [&](const id_text& each) { return each == fresh; });
    if (!there) (void)into.push_back(fresh);
  }
}
inline void maybe_id(std::optional<id_text>& into, chance& any) {
  into = any.in(3) ? std::nullopt : std::optional(id_text::clipped(any.of(ids)));
}

struct shelf : witness {
  static constexpr std::string_view module = "Property.Shelf";
  struct Props {
    text<23> label;
    callback<std::int32_t> called;
  };
  struct corner {
    list<child<note>, 4> notes;
    std::optional<child<note>> cover;
    dict<text<11>, std::int32_t, 6> counts;
    stream<item, key_of> path;
  };
  struct spread {
    std::int32_t n;
    child<note> only;
  };
  struct row {
    text<23> name;
    std::optional<child<note>> mark;
  };
  struct State {
    text<23> label;
    mood kind;
    corner inside;
    std::optional<spread> maybe;
    list<row, 3> rows;
    async<fact> lore;
    async<stream<item>> feed;
    std::int32_t sum;
  };
  struct Shake {
    std::uint32_t seed;
  };
  struct Slow {
    std::uint32_t seed;
  };
  using commands = musubi::commands<Shake, Slow>;
  using events = musubi::events<Rang>;

  void init(context& ctx) {
    at(ctx.store_id());
    chance& any = world::now().any;
    rearrange(any);
    rearrange(any);
    if (any.in(2)) (void)ctx.assign_async<&shelf::lore>(*this, look_up(any.next()));
    follow(any, ctx);
  }
  void update(const Props&, context& ctx) {
    chance& any = world::now().any;
    if (any.in(2)) rearrange(any);
    if (any.in(3)) (void)ctx.assign_async<&shelf::lore>(*this, look_up(any.next()));
    follow(any, ctx);
  }
  void update(const news& told, context& ctx) {
    chance any(told.seed);
    rearrange(any);
    follow(any, ctx);
  }
  void handle_async(const result<std::int32_t>& counted, context& ctx) {
    sum += counted.ok() ? *counted : -1;
    ring(*this, ctx);
  }
  status handle(const Shake& command, context& ctx) {
    chance any(command.seed);
    shake(any, ctx);
    return {};
  }
  task<status> handle(const Slow& command, context& ctx) {
    chance any(command.seed);
    ++world::now().busy;
    co_await sleep(std::chrono::milliseconds(any.below(60)));
    --world::now().busy;
    shake(any, ctx);
    co_return status();
  }
  void heard(std::int32_t n, context&) {
    sum += n;
    if (n == 3) props.called(n);
  }

  State render(const context& ctx) const {
    const note::Props passed{props.label, rank, ctx.callback<&shelf::heard>(*this)};
    State made{.label = props.label,
               .kind = kind_of,
               .inside = {},
               .maybe = {},
               .rows = {},
               .lore = lore,
               .feed = feed,
               .sum = sum};
    for (const id_text& each : notes) (void)made.inside.notes.push_back({each, passed});
    if (cover) made.inside.cover.emplace(*cover, passed);
    made.inside.counts = counts;
    if (only) made.maybe = spread{rank, {*only, passed}};
    for (const mark& each : rows) {
      row one{.name = each.name, .mark = {}};
      if (!each.id.empty()) one.mark.emplace(each.id, note::Props{each.name, 0, {}});
      (void)made.rows.push_back(one);
    }
    return made;
  }

  std::string node() const override;
  std::string streams() const override { return R"("path":)" + path.json(); }
  char kind() const noexcept override { return 's'; }

  Props props;

 private:
  struct mark {
    text<23> name;
    id_text id;
  };
  void rearrange(chance& any);
  void follow(chance& any, context& ctx) {
    if (any.in(2)) stir<&corner::path, stream<item, key_of>>(ctx, "path", path, any);
    if (any.in(4)) ring(*this, ctx);
    if (any.in(8)) props.called(1);
    if (any.in(4)) ctx.changed();
  }
  void shake(chance& any, context& ctx);

  async<fact> lore;
  async<stream<item>> feed;
  list<id_text, 4> notes;
  std::optional<id_text> cover;
  std::optional<id_text> only;
  list<mark, 3> rows;
  dict<text<11>, std::int32_t, 6> counts;
  mood kind_of = mood::calm;
  std::int32_t rank = 0;
  std::int32_t sum = 0;
  materialised path;
};

}  // namespace musubi::property
