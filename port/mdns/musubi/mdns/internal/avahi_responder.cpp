#include <musubi/mdns/internal/make_responder.hpp>

#if defined(MUSUBI_HAS_AVAHI)

#include <algorithm>
#include <avahi-client/client.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/simple-watch.h>

#include <musubi/mdns/internal/interface_of.hpp>

namespace musubi::mdns {

namespace {

/// Avahi over D-Bus. Its library calls back from `open`, `publish` and `wait` only.
class avahi_responder final : public responder {
 public:
  explicit avahi_responder(AvahiSimplePoll& poll) noexcept : poll_(&poll) {}
  ~avahi_responder() override {
    close();
    avahi_simple_poll_free(poll_);
  }
  avahi_responder(const avahi_responder&) = delete;
  avahi_responder& operator=(const avahi_responder&) = delete;

  reason open(responder_events& to) noexcept override {
    close();
    events_ = &to;
    int error = AVAHI_OK;
    // Without a daemon it waits for one; only a bus that is missing is an error.
    client_ = avahi_client_new(avahi_simple_poll_get(poll_), AVAHI_CLIENT_NO_FAIL, &on_client, this,
                               &error);
    if (client_ != nullptr) return {};
    events_ = nullptr;
    const bool is_bus = error == AVAHI_ERR_DBUS_ERROR || error == AVAHI_ERR_NO_DAEMON;
    return is_bus ? reason("there is no D-Bus, over which Avahi is reached") : reason_of(error);
  }

  void close() noexcept override {
    events_ = nullptr;
    group_ = nullptr;  // freed with the client
    if (client_ != nullptr) avahi_client_free(client_);
    client_ = nullptr;
  }

  reason publish(const service_name& name, const advert& what) noexcept override {
    if (client_ == nullptr) return "Avahi is not connected";
    if (group_ == nullptr) {
      group_ = avahi_entry_group_new(client_, &on_group, this);
      if (group_ == nullptr) return reason_of(avahi_client_errno(client_));
    } else if (const int error = avahi_entry_group_reset(group_); error < 0) {
      return reason_of(error);
    }
    const int interface = interface_of(what.address);
    const AvahiIfIndex on = interface == 0 ? AVAHI_IF_UNSPEC : interface;
    const AvahiProtocol over = what.over == families::ipv4   ? AVAHI_PROTO_INET
                               : what.over == families::ipv6 ? AVAHI_PROTO_INET6
                                                             : AVAHI_PROTO_UNSPEC;
    const auto text = [](const auto& of, char(&into)[256]) noexcept {
      *std::copy_n(of.view().data(), of.view().size(), into) = '\0';
    };
    char named[256], build[256], path[256], tls[256];
    text(name, named);
    text(what.build, build);
    text(what.path, path);
    text(what.tls, tls);
    const auto none = static_cast<AvahiPublishFlags>(0);
    int error = avahi_entry_group_add_service(group_, on, over, none, named, what.type(), nullptr,
                                              nullptr, what.port, "path=/", nullptr);
    if (error >= 0) {
      error = avahi_entry_group_add_service(group_, on, over, none, named, "_musubi._tcp", nullptr,
                                            nullptr, what.port, build, path, tls, nullptr);
    }
    if (error >= 0) error = avahi_entry_group_commit(group_);
    if (error == AVAHI_ERR_COLLISION) {  // with a program of this machine
      (void)avahi_entry_group_reset(group_);
      if (events_ != nullptr) events_->on_collision();
      return {};
    }
    return error < 0 ? reason_of(error) : reason();
  }

  void wait(std::optional<duration> most) noexcept override {
    using std::chrono::ceil;
    using std::chrono::milliseconds;
    constexpr duration longest = std::chrono::hours(1);
    const int time =
        most
            ? static_cast<int>(ceil<milliseconds>(std::clamp<duration>(*most, {}, longest)).count())
            : -1;
    if (avahi_simple_poll_iterate(poll_, time) >= 0 || events_ == nullptr) return;
    events_->on_lost("Avahi's library cannot wait for it");
  }

  void wake() noexcept override { avahi_simple_poll_wakeup(poll_); }

 private:
  static reason reason_of(int error) noexcept {
    return reason::clipped("Avahi: ", avahi_strerror(error));
  }

  static void on_client(AvahiClient* client, AvahiClientState state, void* self) noexcept {
    auto& here = *static_cast<avahi_responder*>(self);
    if (here.events_ == nullptr) return;
    here.client_ = client;  // the first call comes before `avahi_client_new` returns
    switch (state) {
      case AVAHI_CLIENT_S_RUNNING: {
        const char* const host = avahi_client_get_host_name_fqdn(client);
        return here.events_->on_ready(host == nullptr ? "" : host);
      }
      case AVAHI_CLIENT_CONNECTING:
        return here.events_->on_absent("Avahi is not running");
      case AVAHI_CLIENT_S_REGISTERING:
      case AVAHI_CLIENT_S_COLLISION:  // of the machine's own name; it takes another
        if (here.group_ != nullptr) (void)avahi_entry_group_reset(here.group_);
        return here.events_->on_absent({});
      case AVAHI_CLIENT_FAILURE:
        if (const int error = avahi_client_errno(client); error == AVAHI_ERR_DISCONNECTED) {
          here.events_->on_lost("Avahi has stopped");
        } else {
          here.events_->on_lost(reason_of(error));
        }
    }
  }

  static void on_group(AvahiEntryGroup* group, AvahiEntryGroupState state, void* self) noexcept {
    auto& here = *static_cast<avahi_responder*>(self);
    if (here.events_ == nullptr) return;
    switch (state) {
      case AVAHI_ENTRY_GROUP_ESTABLISHED:
        return here.events_->on_published();
      case AVAHI_ENTRY_GROUP_COLLISION:
        return here.events_->on_collision();
      case AVAHI_ENTRY_GROUP_FAILURE:
        return here.events_->on_refused(
            reason_of(avahi_client_errno(avahi_entry_group_get_client(group))));
      case AVAHI_ENTRY_GROUP_UNCOMMITED:
      case AVAHI_ENTRY_GROUP_REGISTERING:
        break;
    }
  }

  AvahiSimplePoll* poll_;
  AvahiClient* client_ = nullptr;
  AvahiEntryGroup* group_ = nullptr;
  responder_events* events_ = nullptr;
};

}  // namespace

std::unique_ptr<responder> make_responder(reason& why) {
  if (AvahiSimplePoll* const poll = avahi_simple_poll_new()) {
    return std::make_unique<avahi_responder>(*poll);
  }
  why = "Avahi's library has no descriptors or no memory";
  return nullptr;
}

}  // namespace musubi::mdns

#else

namespace musubi::mdns {

std::unique_ptr<responder> make_responder(reason& why) {
  why = "this build has no Avahi; install libavahi-client-dev";
  return nullptr;
}

}  // namespace musubi::mdns

#endif
