#pragma once
/// The smallest store of these tests: no children.

#include "item.hpp"

#include <string>
#include <variant>

#include <musubi/musubi.hpp>

namespace musubi::property {

/// What stores of these tests are sent by `send_update`.
struct news {
  std::uint32_t seed;
};

/// Payload of every event: counted through, so that none is taken for another.
struct Rang {
  std::int32_t n;
};

/// What a note is about: one of three, with keys that come and go, and one that is in two of them.
struct nobody {
  constant<"nobody"> about;
};
struct somebody {
  constant<"somebody"> about{};
  text<23> name;
};
struct somewhere {
  text<23> zone;
  constant<"somewhere"> about{};
  text<23> name;
  std::int32_t at;
};
using subject = std::variant<nobody, somebody, somewhere>;

inline subject any_subject(chance& any) {
  const auto name = text<23>::clipped(any.of(texts));
  if (any.in(3)) return nobody{};
  if (any.in(2)) return somebody{.name = name};
  return somewhere{.zone = text<23>::clipped(any.of(texts)), .name = name, .at = any.from(0, 3)};
}
inline std::string json(const subject& of) {
  object made;
  if (const auto* with = std::get_if<somewhere>(&of)) {
    made.text("zone", with->zone).text("name", with->name).number("at", with->at);
    return made.text("about", "somewhere").done();
  }
  if (const auto* with = std::get_if<somebody>(&of)) made.text("name", with->name);
  return made.text("about", of.index() == 0 ? "nobody" : "somebody").done();
}

template <class Store>
void ring(Store& store, context& ctx) {
  const std::int32_t n = ++world::now().counter;
  ctx.push_event(Rang{n});
  store.said("rang", n);
}

struct note : witness {
  static constexpr std::string_view module = "Property.Note";
  struct Props {
    text<23> title;
    std::int32_t rank;
    callback<std::int32_t> called;
  };
  struct State {
    text<23> title;
    std::int32_t rank;
    std::optional<double> weight;
    text<23> body;
    subject of;
    stream<item> log;
    stream<item, key_of> trail;
  };
  struct Shake {
    std::uint32_t seed;
  };
  using commands = musubi::commands<Shake>;
  using events = musubi::events<Rang>;

  void init(context& ctx) {
    at(ctx.store_id());
    follow(world::now().any, ctx);
  }
  void update(const Props&, context& ctx) { follow(world::now().any, ctx); }
  void update(const news& told, context& ctx) {
    chance any(told.seed);
    follow(any, ctx);
    (void)body.assign(any.of(texts));
  }
  status handle(const Shake& command, context& ctx) {
    chance any(command.seed);
    if (!any.in(3)) (void)body.assign(any.of(texts));
    if (any.in(3)) weight = any.in(3) ? std::nullopt : std::optional(any.from(-9, 9) / 8.0);
    if (any.in(2)) of = any_subject(any);
    if (any.in(2)) stir<&State::log, stream<item>>(ctx, "log", log, any);
    if (any.in(3)) ring(*this, ctx);
    if (any.in(4)) props.called(any.from(0, 3));
    return {};
  }
  State render() const { return {props.title, props.rank, weight, body, of, {}, {}}; }

  std::string node() const override {
    return object()
        .raw("__musubi_store_id__", "[" + store_id() + "]")
        .text("title", props.title)
        .number("rank", props.rank)
        .raw("weight", weight ? std::to_string(*weight) : "null")
        .text("body", body)
        .raw("of", json(of))
        .raw("log", R"({"__musubi_stream__":"log"})")
        .raw("trail", R"({"__musubi_stream__":"trail"})")
        .done();
  }
  std::string streams() const override {
    return R"("log":)" + log.json() + R"(,"trail":)" + trail.json();
  }
  char kind() const noexcept override { return 'n'; }

  Props props;

 private:
  /// What `init` and `update` do: a stream of their own, so that its order in a cycle is known.
  void follow(chance& any, context& ctx) {
    if (any.in(2)) stir<&State::trail, stream<item, key_of>>(ctx, "trail", trail, any);
    if (any.in(3)) ring(*this, ctx);
    if (any.in(6)) props.called(1);
    if (any.in(3)) ctx.changed();
  }

  std::optional<double> weight;
  text<23> body;
  subject of;
  materialised log;
  materialised trail;
};

}  // namespace musubi::property
