// Stores that cannot be devices of Home Assistant.

#include <musubi/host/host.hpp>
#include <musubi/memory_port/host.hpp>
#include <musubi/mqtt/home_assistant.hpp>

// behind it: what a compiler answers does not begin with this file
#include "served.hpp"

// mistake: nothing that can be shown
// expect: musubi: home_assistant<Store> finds nothing in this store that Home Assistant can show
// names: with_a_list_only
struct with_a_list_only : store {
  struct State {
    musubi::list<int, 4> history;
  };
  State render() const;
};
template class musubi::mqtt::home_assistant<with_a_list_only>;

// mistake: a field and a command of one name
// expect: musubi: home_assistant<Store> needs different names for the fields of the State and for
// names: with_two_boosts
struct with_two_boosts : store {
  struct State {
    bool boost;
  };
  struct Boost {};
  using commands = musubi::commands<Boost>;
  musubi::status handle(const Boost&, musubi::context&);
  State render() const;
};
template class musubi::mqtt::home_assistant<with_two_boosts>;

// mistake: a store that the host does not serve
// expect: musubi: home_assistant<Store> mounts a root of the host; add Store to the
// names: a_lamp, a_heater
struct a_heater : store {
  struct State {
    bool on;
  };
  State render() const;
};
struct a_lamp : a_heater {
  struct State {
    bool on;
  };
  State render() const;
};
using heater_host = musubi::memory_port::host<serves<a_heater>>;
musubi::task<> run(musubi::mqtt::home_assistant<a_lamp>& device, heater_host& host) {
  return device.run(host);
}
