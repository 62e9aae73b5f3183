#pragma once
/// Makes a store a device of Home Assistant: https://www.home-assistant.io/integrations/mqtt/

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <musubi/async/task.hpp>
#include <musubi/host/host.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/mqtt/home_assistant_options.hpp>
#include <musubi/mqtt/internal/entities_of.hpp>
#include <musubi/mqtt/internal/home_assistant_bridge.hpp>
#include <musubi/mqtt/link.hpp>

namespace musubi::mqtt {

namespace detail {
template <class Store, class Roots>
inline constexpr bool is_root_of = false;
template <class Store, class... Stores>
inline constexpr bool is_root_of<Store, roots<Stores...>> = (std::is_same_v<Store, Stores> || ...);
}  // namespace detail

/// A root store that Home Assistant finds by itself and shows as one device:
///
///     musubi::mqtt::link hub{{.host = "broker.local",
///                             .client = "cellar",
///                             .will = {.topic = "musubi/cellar/online"}}};
///     musubi::mqtt::home_assistant<thermostat> house{hub, {.device = "cellar"}};
///     host.spawn(house.run(host));
///     host.spawn(hub.run());
///
/// Of the State, each bool becomes a binary sensor, each number, enum and short text a sensor. A
/// command without a payload becomes a button; one with a single bool a switch, a single number
/// that has a range a number, a single enum a select. Everything else is left out; the guide,
/// docs/guides/home-assistant.md, says how an entity finds its field.
///
/// The store is mounted on the host, once, without a browser, in a block of the pool `pages`; what
/// it uses besides is of the host's pools, too. Its State is published when it changes. The link
/// needs a will, by which Home Assistant knows that this program is gone.
///
/// Must outlive its host, and the link this. All functions are for the host's thread.
template <class Store>
class home_assistant {
 public:
  using Params = typename musubi::detail::params_of<Store>::type;

  /// Construct it before the link runs. The views of `chosen` must outlive it.
  home_assistant(link& through, const home_assistant_options& chosen,
                 const Params& params = {}) noexcept
      : bridge_(through, chosen, Store::module, detail::entities_of<Store>(), commands_),
        params_(params),
        hub_(&through) {}
  home_assistant(const home_assistant&) = delete;
  home_assistant& operator=(const home_assistant&) = delete;

  /// Why it cannot run, as a sentence: the name of the device, a link without a will, a limit of
  /// the link. Empty if it can.
  [[nodiscard]] std::string_view problem() const noexcept { return bridge_.problem(); }

  /// Mounts the store on `host`, and serves Home Assistant as long as that runs. Spawn it once.
  /// `socket` is what the store sees of its visitor: a command that needs a role, for instance, is
  /// refused unless `socket` has it.
  template <class Host>
  [[nodiscard]] task<> run(Host& host, typename Host::socket_type socket = {}) {
    using Socket = typename Host::socket_type;
    static_assert(detail::is_root_of<Store, typename Socket::roots>,
                  "musubi: home_assistant<Store> mounts a root of the host; add Store to the "
                  "musubi::roots<...> of the host's socket");
    if (!problem().empty()) co_return;
    watch<link_state>::receiver states(hub_->state());
    const home_assistant_bridge::running mounted(bridge_, host.core(), root_on<Socket>(socket));
    while (const auto now = co_await states.changed()) {
      if (now->connected) bridge_.publish();
    }
  }

  /// Has Home Assistant remove the device, and the broker forget it, until this program starts
  /// again. The store stays mounted; commands are refused.
  void remove() noexcept { bridge_.remove(); }

  [[nodiscard]] const home_assistant_counters& counters() const noexcept {
    return bridge_.counters();
  }
  /// Writes commands that are refused there, and stores that fail. `to` must outlive this.
  void log_to(musubi::log& to) noexcept { bridge_.log_to(to); }

 private:
  template <class Socket>
  home_assistant_root root_on(const Socket& socket) const noexcept {
    using page_type = root_page<Store, Socket>;
    return {.make = [](void* memory, page_resources& resources, page_sink& sink,
                       const void* from) noexcept -> page* {
              return new (memory) page_type(resources, sink, *static_cast<const Socket*>(from));
            },
            .write_state =
                [](const page& of, json::writer& out) noexcept {
                  codec<typename Store::State>::write(out,
                                                      static_cast<const page_type&>(of).state());
                },
            .write_params =
                [](const void* from, json::writer& out) noexcept {
                  codec<Params>::write(out, *static_cast<const Params*>(from));
                },
            .socket = &socket,
            .params = &params_};
  }

  static constexpr std::size_t command_count = detail::command_entities_of<Store>();

  home_assistant_bridge::command_source commands_[command_count + 1];
  home_assistant_bridge bridge_;
  Params params_;
  link* hub_;
};

}  // namespace musubi::mqtt
