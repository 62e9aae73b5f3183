/// The cost of a command to one of many child stores, from the message to the patch.

#include <benchmark/benchmark.h>
#include <cstdint>
#include <memory>
#include <string>

#include <musubi/store/page/internal/root_page.hpp>
#include <musubi/testkit/internal/page_bench.hpp>

namespace musubi::bench {
namespace {

/// A client that accepts and discards everything.
class nobody final : public page_sink {
 public:
  [[nodiscard]] bool writable() const noexcept override { return true; }
  json::writer& out() noexcept override { return writer_; }
  void begin_reply(std::string_view, bool) noexcept override {}
  void end_reply() noexcept override { into_.drop(); }
  void begin_patch() noexcept override {}
  void end_patch() noexcept override {
    ++patches;
    into_.drop();
  }
  void write_root_id(json::writer& to) const noexcept override { to.raw("App.Sheet:main"); }
  [[nodiscard]] std::string_view id() const noexcept override { return "main"; }
  void service_wanted() noexcept override {}

  std::int64_t patches = 0;

 private:
  struct dropped final : json::output {
    dropped() noexcept : output(window, window + sizeof window) {}
    bool make_room() noexcept override {
      drop();
      return true;
    }
    void drop() noexcept { cursor_ = window; }
    char window[4096];
  };
  dropped into_;
  json::writer writer_{into_};
};

struct cell {
  static constexpr std::string_view module = "App.Cell";
  struct State {
    std::int32_t value;
    text<15> unit;
  };
  struct Add {};
  using commands = musubi::commands<Add>;
  status handle(const Add&, context&) {
    ++value;
    return {};
  }
  State render() const { return {value, text<15>("kWh")}; }
  std::int32_t value = 0;
};

/// The cell by itself: a root without children.
struct no_sheet : cell {
  static constexpr std::string_view module = "App.Sheet";
};

template <std::size_t Cells>
struct sheet {
  static constexpr std::string_view module = "App.Sheet";
  struct State {
    list<child<cell, 7>, Cells> cells;
    std::int32_t touched;
  };
  struct Touch {};
  using commands = musubi::commands<Touch>;
  status handle(const Touch&, context&) {
    ++touched;
    return {};
  }
  State render() const {
    State made{{}, touched};
    for (std::size_t i = 0; i < Cells; ++i) (void)made.cells.push_back({i});
    return made;
  }
  std::int32_t touched = 0;
};

struct no_socket {};

template <class Store>
class mounted_page {
 public:
  mounted_page() {
    page_ = new (memory_.get()) page_type(bench_.resources, client, no_socket{});
    mount_error error;
    ok = page_->mount({}, error);
    page_->send_initial();
  }
  ~mounted_page() { page_->destroy(); }
  mounted_page(const mounted_page&) = delete;
  mounted_page& operator=(const mounted_page&) = delete;

  void receive(const command_message& message) { page_->receive(message); }
  nobody client;
  bool ok = false;

 private:
  using page_type = root_page<Store, no_socket>;
  struct room {
    alignas(page_type) std::byte bytes[sizeof(page_type)];
  };
  static limits few() {
    limits chosen;
    chosen.connections = 1;
    chosen.pages = 1;
    chosen.nodes = 1000;
    return chosen;
  }
  testkit::page_bench bench_{
      few(), {.state = sizeof(typename Store::State), .node = detail::largest_node<Store>}};
  std::unique_ptr<room> memory_ = std::make_unique<room>();
  page_type* page_ = nullptr;
};

/// Repeats the command `name` to the store `store_id`.
template <class Store>
void command(benchmark::State& state, std::string_view name, std::string_view store_id) {
  const auto page = std::make_unique<mounted_page<Store>>();
  const command_message message{
      .ref = "12345", .name = name, .store_id = store_id, .payload = "{}"};
  std::int64_t expected = page->client.patches;
  for (auto _ : state) {
    page->receive(message);
    ++expected;
  }
  if (!page->ok || page->client.patches != expected) {
    state.SkipWithError("expected one patch for each command");
  }
}

void root_without_children(benchmark::State& state) {
  command<no_sheet>(state, "add", "[]");
}
BENCHMARK(root_without_children)->Iterations(10000);

/// The last one: a linear search would pass all the others.
template <std::size_t Cells>
void one_child_of(benchmark::State& state) {
  const std::string store_id = "[\"cells\",\"" + std::to_string(Cells - 1) + "\"]";
  command<sheet<Cells>>(state, "add", store_id);
}
BENCHMARK(one_child_of<1>)->Iterations(10000);
BENCHMARK(one_child_of<10>)->Iterations(10000);
BENCHMARK(one_child_of<100>)->Iterations(10000);
BENCHMARK(one_child_of<1000>)->Iterations(10000);

/// The root changes, but places the same children.
template <std::size_t Cells>
void root_of(benchmark::State& state) {
  command<sheet<Cells>>(state, "touch", "[]");
}
BENCHMARK(root_of<1>)->Iterations(10000);
BENCHMARK(root_of<10>)->Iterations(10000);
BENCHMARK(root_of<100>)->Iterations(10000);
BENCHMARK(root_of<1000>)->Iterations(1000);

}  // namespace
}  // namespace musubi::bench
