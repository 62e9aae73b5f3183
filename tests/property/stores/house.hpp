#pragma once
/// The root of these tests.

#include "shelf.hpp"

#include <array>
#include <string>
#include <vector>

namespace musubi::property {

struct house : witness {
  static constexpr std::string_view module = "Property.House";
  struct State {
    text<23> name;
    std::optional<std::int32_t> number;
    list<child<shelf>, 3> shelves;
    std::optional<child<shelf>> front;
    dict<text<11>, child<note>, 4> pinned;
    std::optional<child<note>> left;  ///< and `right`: two stores with one store_id in turn
    std::optional<child<shelf>> right;
    dict<text<11>, text<23>, 6> labels;
    list<list<std::int16_t, 3>, 3> grid;
    std::array<bool, 3> flags;
    float ratio;
    std::int32_t sum;
    stream<item> log;
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
    for (int i = 0; i < 8; ++i) rearrange(any);
    stir<&State::log, stream<item>>(ctx, "log", log, any);
  }
  void update(const news& told, context&) {
    chance any(told.seed);
    rearrange(any);
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
  void heard(std::int32_t n, context&) { sum += n; }
  State render(const context& ctx) const;

  std::string node() const override;
  std::string streams() const override { return R"("log":)" + log.json(); }
  char kind() const noexcept override { return 'h'; }

 private:
  void rearrange(chance& any);
  void shake(chance& any, context& ctx);

  text<23> name;
  std::optional<std::int32_t> number;
  list<id_text, 3> shelves;
  std::optional<id_text> front;
  list<id_text, 4> pinned;  ///< under the first keys of `keys`, from `pinned_from` on
  std::size_t pinned_from = 0;
  int swapped = 0;  ///< 1: left, 2: right
  dict<text<11>, text<23>, 6> labels;
  list<list<std::int16_t, 3>, 3> grid;
  std::array<bool, 3> flags{};
  float ratio = 0;
  text<23> label;
  std::int32_t rank = 0;
  std::int32_t sum = 0;
  materialised log;
};

}  // namespace musubi::property
