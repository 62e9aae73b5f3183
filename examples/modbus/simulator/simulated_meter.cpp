#include "simulator/simulated_meter.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

namespace meter {

namespace {

constexpr int write_several = 0x10;
constexpr int holding_size = 0x20;
constexpr int input_size = 0x50;

/// A 16-bit number of a request.
std::uint16_t number_at(const std::uint8_t* at) noexcept {
  return static_cast<std::uint16_t>(at[0] << 8U | at[1]);
}

/// modbus_set_float_abcd() of 3.1.6 swaps the bytes of each register.
void put(float value, std::uint16_t* into) noexcept {
  std::ranges::copy(sdm230::to_registers(value), into);
}

}  // namespace

void simulated_meter::freed::operator()(_modbus* line) const noexcept {
  modbus_free(line);
}
void simulated_meter::freed::operator()(_modbus_mapping_t* registers) const noexcept {
  modbus_mapping_free(registers);
}

simulated_meter::simulated_meter(line kind)
    : kind_(kind), registers_(modbus_mapping_new(0, 0, holding_size, input_size)) {
  kind_ == line::tcp ? open_port() : open_terminal();
  if (!ok()) return;
  modbus_set_slave(line_.get(), address_.unit);
  put(100, registers_->tab_registers + sdm230::pulse_width);
  stop_ = ::eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { serve(); });
}

simulated_meter::~simulated_meter() {
  if (thread_.joinable()) {
    (void)::eventfd_write(stop_, 1);
    thread_.join();
  }
  for (const int descriptor : {listener_, slave_, stop_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

void simulated_meter::open_port() {
  line_.reset(modbus_new_tcp("127.0.0.1", 0));  // any free port
  listener_ = modbus_tcp_listen(line_.get(), 1);
  sockaddr_in bound{};
  socklen_t size = sizeof bound;
  if (!ok() || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return;
  address_.host = "127.0.0.1";
  address_.port = std::to_string(ntohs(bound.sin_port));
}

void simulated_meter::open_terminal() {
  listener_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  std::array<char, 64> name{};
  if (!ok() || ::grantpt(listener_) != 0 || ::unlockpt(listener_) != 0 ||
      ::ptsname_r(listener_, name.data(), name.size()) != 0) {
    return;
  }
  slave_ = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios raw{};
  ::tcgetattr(slave_, &raw);
  ::cfmakeraw(&raw);
  ::tcsetattr(slave_, TCSANOW, &raw);
  address_.serial = name.data();
  line_.reset(modbus_new_rtu(name.data(), 9600, 'N', 8, 1));
  modbus_set_socket(line_.get(), listener_);
}

void simulated_meter::measure(const measurement& now) {
  const std::scoped_lock lock(mutex_);
  std::uint16_t* const into = registers_->tab_input_registers;
  put(now.voltage, into + 0x00);
  put(now.current, into + 0x06);
  put(now.power, into + 0x0C);
  put(now.power_factor, into + 0x1E);
  put(now.frequency, into + 0x46);
  put(now.imported, into + 0x48);
  put(now.exported, into + 0x4A);
}

float simulated_meter::pulse_width() const {
  const std::scoped_lock lock(mutex_);
  return sdm230::to_float({registers_->tab_registers, holding_size}, sdm230::pulse_width);
}

bool simulated_meter::wait_for(int descriptor) const noexcept {
  std::array<pollfd, 2> waited{{{descriptor, POLLIN, 0}, {stop_, POLLIN, 0}}};
  while (::poll(waited.data(), waited.size(), -1) < 0) {
  }
  return (waited[1].revents & POLLIN) == 0;
}

void simulated_meter::serve() noexcept {
  if (kind_ == line::serial) return serve_client();
  while (wait_for(listener_)) {
    if (modbus_tcp_accept(line_.get(), &listener_) < 0) continue;
    serve_client();
    modbus_close(line_.get());
  }
}

void simulated_meter::serve_client() noexcept {
  std::array<std::uint8_t, MODBUS_MAX_ADU_LENGTH> request{};
  while (wait_for(modbus_get_socket(line_.get()))) {
    const int size = modbus_receive(line_.get(), request.data());
    if (size < 0 && kind_ == line::tcp) return;  // the client has left
    if (size > 0 && !silent_) answer(request.data(), size);
  }
}

void simulated_meter::answer(const std::uint8_t* request, int size) noexcept {
  const std::scoped_lock lock(mutex_);
  const std::uint8_t* const body = request + modbus_get_header_length(line_.get());
  if (body[0] == write_several && number_at(body + 1) == sdm230::pulse_width) {
    const std::array<std::uint16_t, 2> written{number_at(body + 6), number_at(body + 8)};
    const float wanted = sdm230::to_float(written, 0);
    if (wanted != 60 && wanted != 100 && wanted != 200) {
      modbus_reply_exception(line_.get(), request, MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE);
      return;
    }
  }
  modbus_reply(line_.get(), request, size, registers_.get());
}

}  // namespace meter
