#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <asio/steady_timer.hpp>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <musubi/asio/internal/listener.hpp>
#include <musubi/asio/internal/loop.hpp>
#include <musubi/asio/server.hpp>
#include <musubi/async/internal/latest_value.hpp>
#include <musubi/host/host_front.hpp>
#include <musubi/hosted/internal/descriptors.hpp>
#include <musubi/hosted/listening_urls.hpp>
#include <musubi/hosted/worker_threads.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/net/ip_address.hpp>
#if defined(MUSUBI_HAS_TLS)
#include <musubi/tls/front.hpp>
#endif

namespace musubi::asio {

using found_name = text<255>;

/// The loop of one core, and the host that it drives.
struct server::unit {
  unit(const options& chosen, const detail::latest_value<found_name>& latest)
      // one more than the host takes, and those that this program opens
      : events(chosen.limits.connections + chosen.limits.requests + 1 + chosen.remotes),
        names(*this, latest) {}
  loop events;
  placed_front front;
  host_core* host = nullptr;
  /// The names that its host serves, with the one that the machine is found by.
  struct name_list : remote_job {
    name_list(unit& owner, const detail::latest_value<found_name>& latest) noexcept
        : remote_job(&name_list::renew), of(owner), found_as(latest) {}
    /// On the host's thread.
    static void renew(remote_job& self) noexcept {
      auto& names = static_cast<name_list&>(self);
      names.last = names.found_as.get();
      names.all.back() = names.last.view();
      names.of.host->allow_hosts(names.all);
    }
    unit& of;
    const detail::latest_value<found_name>& found_as;
    found_name last;
    std::vector<std::string_view> all;
  } names;
  /// What the loop drives.
  [[nodiscard]] net::service& front_most() const noexcept { return front.before(*host); }
};

/// Follows the name that others find this machine by.
struct server::naming final : hosted::found_by_name {
  explicit naming(server& of) noexcept : owner(of) {}
  void is_found_as(std::string_view name) noexcept override;
  server& owner;
  detail::latest_value<found_name> latest{found_name()};
};

struct server::system {
  explicit system(server& owner) noexcept : names(owner) {}
  naming names;
  std::mutex certificate;  // one thread loads it at a time
#if defined(MUSUBI_HAS_TLS)
  std::optional<tls::front> tls;
#endif
  host_front* front = nullptr;  // before every host, if set
  listener listening;
  std::optional<hosted::worker_threads> workers;
  std::vector<std::unique_ptr<unit>> units;
};

void server::naming::is_found_as(std::string_view name) noexcept {
  latest.set(found_name::clipped(name));
  for (const auto& each : owner.system_->units) each->host->loop().post(each->names);
#if defined(MUSUBI_HAS_TLS)
  if (owner.system_->tls) owner.renew_certificate_for(std::string(name));
#endif
}

/// Waits for signals on a thread of its own, because a signal handler may do almost nothing.
class server::signal_watch {
 public:
  explicit signal_watch(server& owner) : owner_(owner) {
    if (!owner.options_.handle_signals) return;
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    if (owner_.options_.tls.on) {
      signals_.add(SIGHUP);
      look_at_certificate();
    }
    wait();
    thread_ = std::thread([this] { context_.run(); });
  }
  ~signal_watch() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void wait() {
    signals_.async_wait([this](const ::asio::error_code& error, int which) {
      if (error) return;
      if (which == SIGHUP) {
        owner_.load_certificate();
        return wait();
      }
      if (std::exchange(asked_, true)) std::_Exit(1);
      owner_.stop();
      wait();
    });
  }
  /// Names and addresses change, and certificates end.
  void look_at_certificate() {
    if (!owner_.options_.tls.certificate.empty()) return;
    hourly_.expires_after(std::chrono::hours(1));
    hourly_.async_wait([this](const ::asio::error_code& error) {
      if (error) return;
      owner_.load_certificate();
      look_at_certificate();
    });
  }
  server& owner_;
  ::asio::io_context context_{1};
  ::asio::steady_timer hourly_{context_};
  ::asio::signal_set signals_{context_};
  std::thread thread_;
  bool asked_ = false;
};

server::server(options&& chosen)
    : options_(std::move(chosen)), log_(options_.log_level), system_(new system(*this)) {
#if defined(MUSUBI_TELEMETRY)
  if (options_.serve.listener == nullptr) options_.serve.listener = &log_;
#endif
  if (options_.cores == 0) options_.cores = 1;
  problem_ = check();
  if (problem_.empty() && options_.tls.on) problem_ = open_tls();
  if (problem_.empty()) problem_ = open();
  if (!problem_.empty()) return;
  problem_ = system_->workers.emplace(options_.offload).problem();
  if (!problem_.empty()) return;
  for (unsigned i = 0; i < options_.cores; ++i) {
    system_->units.push_back(std::make_unique<unit>(options_, system_->names.latest));
  }
}

server::~server() {
  close_listener(system_->listening, {options_.bind, options_.port, options_.unix_path});
  delete system_;
}

/// Returns what is wrong with the options, or nothing.
std::string server::check() const {
  if (const std::string_view broken = options_.limits.violation(); !broken.empty()) {
    return std::string(broken);
  }
  const std::uint64_t needed =
      hosted::descriptors_for(options_.limits, options_.cores) + options_.remotes;
  if (const std::uint64_t allowed = hosted::allow_descriptors(needed); allowed < needed) {
    return "limits: connections + requests need " + std::to_string(needed) +
           " descriptors, but this process may have " + std::to_string(allowed) +
           " (RLIMIT_NOFILE)";
  }
  if (const auto wrong = options_.serve.proxies.malformed(); !wrong.empty()) {
    return "proxies: \"" + std::string(wrong) + "\" is not an address or a network";
  }
  return {};
}

/// Loads what TLS needs, or returns why it cannot.
std::string server::open_tls() {
#if defined(MUSUBI_HAS_TLS)
  const tls::host_names named{
      .bind = options_.unix_path.empty() ? options_.bind : std::string(),
      .device_name = std::string(options_.serve.device_name),
      .further = {options_.serve.allowed_hosts.begin(), options_.serve.allowed_hosts.end()}};
  tls::front& made = system_->tls.emplace(options_.tls, options_.limits, options_.cores, named);
  if (!made.has_its_memory()) {
    log_.write(musubi::log_level::warning,
               {"tls: OpenSSL was used before this host was made, so its memory is the heap"});
  }
  system_->front = &made;
  return std::string(made.problem());
#else
  return "tls: this build has none; install OpenSSL (libssl-dev) or configure with MUSUBI_TLS=ON";
#endif
}

void server::load_certificate() {
#if defined(MUSUBI_HAS_TLS)
  if (!system_->tls) return;
  const std::lock_guard alone(system_->certificate);
  bool changed = false;
  const std::string wrong = system_->tls->load(changed);
  if (!wrong.empty()) {
    log_.write(musubi::log_level::error, {wrong, "; the certificate from before stays in use"});
  } else if (changed) {
    log_.write(musubi::log_level::notice, {"tls: another certificate is in use, SHA-256 ",
                                           system_->tls->shown().fingerprint()});
  }
#endif
}

#if defined(MUSUBI_HAS_TLS)
/// Makes a certificate that is for this name, too, or says that the one that was chosen is not.
void server::renew_certificate_for(const std::string& name) {
  {
    const std::lock_guard alone(system_->certificate);
    system_->tls->found_as(name);
  }
  if (options_.tls.certificate.empty()) load_certificate();
  if (!system_->tls->shown().is_for(name)) {
    log_.write(musubi::log_level::warning,
               {"tls: this machine is found as ", name, ", which the certificate is not for"});
  }
}
#endif

/// Starts to listen, or returns why it cannot.
std::string server::open() {
  system_->listening = open_listener({options_.bind, options_.port, options_.unix_path});
  if (options_.serve.device_name.empty() && !is_local()) {
    device_name_ = own_name();
    options_.serve.device_name = device_name_;
  }
  const std::string_view device = options_.serve.device_name;
  device_local_ = std::string(slice(device, 0, device.find('.'))) + ".local";
  if (!system_->listening.error) return {};
  return "cannot listen on " + where() + ": " + reason_of(system_->listening);
}

/// What a host serves besides addresses, with a place at the end for a further name.
std::vector<std::string_view> server::served_names() const {
  const std::span<const std::string_view> chosen = options_.serve.allowed_hosts;
  std::vector<std::string_view> all(chosen.begin(), chosen.end());
  const std::string_view device = options_.serve.device_name;
  if (all.empty() && !device.empty()) {
    all = {device, slice(device_local_, 0, device_local_.rfind('.')), device_local_};
  }
  all.emplace_back();
  return all;
}

std::size_t server::loops() const noexcept {
  return system_->units.size();
}

net::port& server::loop_of(std::size_t index) noexcept {
  return system_->units[index]->events;
}

loop& server::first_loop() noexcept {
  return system_->units.front()->events;
}

void server::drive(std::size_t index, host_core& host) noexcept {
  system_->units[index]->host = &host;
  if (worker_pool* const pool = system_->workers->pool()) host.loop().employ(*pool);
  unit& here = *system_->units[index];
  here.names.all = served_names();
  if (system_->front != nullptr) here.front.place(*system_->front, host, here.events);
}

void server::listen() {
  if (system_->units.empty()) return;
  listener& first = system_->listening;
  listen_address address{options_.bind, first.port, options_.unix_path};
  if (system_->units.size() > 1 && can_share(address)) {
    // The first socket has shown that the address is free. Now each core opens one, so that the
    // system distributes the clients; with a shared socket, the first core to wake takes them all.
    address.shared = true;
    close_listener(first, address);
    first.socket = -1;
    for (const auto& each : system_->units) {
      const listener own = open_listener(address);
      if (own.error) {
        problem_ = "cannot listen on " + where() + ": " + reason_of(own);
        return;
      }
      each->events.listen(own.socket, own.family, each->front_most());
    }
  } else {
    for (const auto& each : system_->units) {
      each->events.listen(duplicate(first), first.family, each->front_most());
    }
  }
  core().loop().make_current();
}

std::uint16_t server::port() const noexcept {
  return system_->listening.port;
}

hosted::listening_place server::place() const noexcept {
  const auto scheme = system_->front != nullptr ? system_->front->scheme() : net::url_scheme::http;
  return {options_.bind, port(), scheme, options_.unix_path, &system_->names};
}

host_core& server::core(std::size_t index) noexcept {
  return *system_->units[index]->host;
}

int server::run() {
  if (!problem_.empty()) {
    standard_error().write(musubi::log_level::error, problem_);
    return 1;
  }
  signal_watch signals(*this);
  tell_listening();  // only now, when a signal stops the program in order
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < system_->units.size(); ++i) {
    others.emplace_back([each = system_->units[i].get()] { each->events.run(); });
  }
  system_->units.front()->events.run();
  for (std::thread& each : others) each.join();
  if (system_->workers->stop() != 0) {
    log_.write(musubi::log_level::warning,
               {"offloaded work hangs: the program exits without waiting for its thread"});
  }
  return 0;
}

void server::stop() noexcept {
  for (const auto& each : system_->units) each->events.stop();
}

void server::tell_listening() noexcept {
  telemetry* const to = core().listener();
  if (to == nullptr) return;
  if (options_.unix_path.empty()) {
    to->on_listening({hosted::listening_urls(options_.bind, port(), place().scheme).view()});
  } else {
    to->on_listening({hosted::listening_urls(options_.unix_path).view()});
  }
#if defined(MUSUBI_HAS_TLS)
  if (!system_->tls) return;
  log_.write(musubi::log_level::notice,
             {"tls: SHA-256 of the certificate: ", system_->tls->shown().fingerprint()});
  const std::string authority = system_->tls->shown().authority_fingerprint();
  if (authority.empty()) return;
  log_.write(
      musubi::log_level::notice,
      {"tls: browsers have to trust /ca.crt of the http address once; its SHA-256: ", authority});
#endif
}

/// Whether only this machine can connect.
bool server::is_local() const {
  return options_.unix_path.empty() && net::is_loopback_address(options_.bind);
}

std::string server::where() const {
  if (!options_.unix_path.empty()) return options_.unix_path;
  return options_.bind + ":" + std::to_string(options_.port);
}

}  // namespace musubi::asio
