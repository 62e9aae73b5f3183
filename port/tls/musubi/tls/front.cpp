#include <algorithm>
#include <chrono>
#include <fstream>
#include <utility>

#include <musubi/hosted/replace_file.hpp>
#include <musubi/tls/device_certificate.hpp>
#include <musubi/tls/front.hpp>

namespace musubi::tls {

namespace {

/// What was not chosen is all that the host has room for.
sizes sizes_of(const tls_options& chosen, const limits& room) noexcept {
  return {.connections =
              chosen.connections != 0 ? chosen.connections : room.connections + room.requests,
          .handshakes = chosen.handshakes != 0 ? chosen.handshakes : room.requests};
}

}  // namespace

front::front(const tls_options& chosen, const limits& room, unsigned cores, host_names named)
    : options_(chosen),
      named_(std::move(named)),
      limit_(sizes_of(chosen, room)),
      has_its_memory_(!options_.fixed_memory || memory_.reserve(limit_, cores)) {
  // otherwise each start would make two certificates: without the name, and when it is found again
  if (options_.certificate.empty() && !options_.folder.empty()) {
    std::getline(std::ifstream(device_files(options_.folder).found_as), named_.found_as);
  }
  bool changed = false;
  problem_ = load(changed);
}

void front::found_as(const std::string& name) {
  if (name == named_.found_as) return;
  named_.found_as = name;
  if (options_.certificate.empty() && !options_.folder.empty()) {
    (void)hosted::replace_file(device_files(options_.folder).found_as, name + "\n");
  }
}

std::string front::load(bool& changed) {
  changed = true;
  if (!options_.certificate.empty()) return shown_.load(options_.certificate, options_.key);
  if (options_.folder.empty()) return "tls: needs a certificate, or a folder for one of its own";
  const device_files files(options_.folder);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::string wrong = keep_device_certificate(files, certificate_names(named_), now, changed);
  if (!wrong.empty() || (!changed && shown_.generation() != 0)) return wrong;
  return shown_.load(files.certificate, files.key, files.ca);
}

net::service& front::put_before(host_core& host, net::port& port) {
  guard& made =
      *guards_.emplace_back(std::make_unique<guard>(port, host, shown_, limit_, host.listener()));
  host.also_show(made.metrics());
  return made;
}

void front::remove(net::service& made) noexcept {
  std::erase_if(guards_, [&made](const std::unique_ptr<guard>& each) {
    return static_cast<net::service*>(each.get()) == &made;
  });
}

}  // namespace musubi::tls
