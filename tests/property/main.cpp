/// Random cycles of a random tree of stores, as JSON lines for tests/e2e/property, which replays
/// them with another implementation of JSON Patch.
///
///     property_log SEED CYCLES
///
/// One line a step: {"step","envelopes"}, and, when the client has taken everything and no handler
/// is suspended, also {"rendered": what the library says the tree is, "expected": what the stores
/// say, "streams": {store_id: {name: [[key,item],...]}}, "events": [...since the last such line]}.

#include "stores/house.hpp"

#include <iostream>

#include <musubi/hosted/command_line.hpp>
#include <musubi/testkit/mounted.hpp>

namespace {

using namespace musubi::property;

using page_of_house = musubi::testkit::mounted<house>;

musubi::limits roomy() {
  musubi::limits chosen = page_of_house::small_limits();
  chosen.nodes = 64;
  chosen.store_id_bytes = 96;
  chosen.outgoing_blocks = 4096;
  chosen.outgoing_per_page = 4096;
  chosen.asyncs = 8;  // and more than that is asked for
  return chosen;
}

void command(page_of_house& page, chance& any) {
  const auto& stores = world::now().stores;
  auto target = stores.begin();
  std::advance(target, any.in(12) ? 0 : any.below(stores.size()));
  const char kind = target->second->kind();
  const std::string seed = std::to_string(static_cast<std::uint32_t>(any.next()));
  const std::string_view name = kind != 'n' && any.in(12) ? "slow" : "shake";
  (void)page.send(name, "{\"seed\":" + seed + "}", "[" + target->first + "]");
}

std::string seen() {
  std::string streams;
  for (const auto& [store_id, store] : world::now().stores) {
    streams +=
        (streams.empty() ? "" : ",") + quoted("[" + store_id + "]") + ":{" + store->streams() + "}";
  }
  std::vector<std::string> events;
  for (const world::event& each : std::exchange(world::now().events, {})) {
    events.push_back(object()
                         .raw("store_id", "[" + each.store_id + "]")
                         .text("name", each.name)
                         .raw("payload", object().number("n", each.n).done())
                         .raw("store_gone", each.by == nullptr ? "true" : "false")
                         .done());
  }
  return ",\"streams\":{" + streams + "},\"events\":" + joined(events);
}

void log(page_of_house& page, std::uint64_t step) {
  std::cout << "{\"step\":" << step << ",\"envelopes\":" << joined(page.take_envelopes());
  if (page.client().reads && world::now().busy == 0) {
    std::cout << ",\"rendered\":" << page.tree() << ",\"expected\":" << page.store().node()
              << seen();
  }
  std::cout << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t seed = 1;
  std::uint64_t cycles = 100;
  musubi::program::read(count, arguments, "Writes what a page of random changes sends.",
                        {{"SEED", seed, "of the random numbers"}, {"CYCLES", cycles, "steps"}});
  world::now().any = chance(~seed);
  chance any(seed);
  page_of_house page({}, {}, roomy());
  for (std::uint64_t step = 0;; ++step) {
    if (!page.ok() || page.failed()) {
      std::cerr << "the page has ended at step " << step << '\n';
      return 1;
    }
    log(page, step);
    if (step == cycles) return 0;
    if (any.in(6)) page.client().reads = !page.client().reads;
    if (any.in(8)) page.client().reads = true;
    if (any.in(5)) {
      page.advance(std::chrono::milliseconds(any.below(30)));
    } else {
      command(page, any);
    }
    page.client().service_wanted();  // as a WebSocket does when its client has caught up
    page.run();
  }
}
