#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <mosquitto.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <musubi/mqtt/internal/mosquitto_client.hpp>
#include <musubi/mqtt/internal/refusal.hpp>
#include <musubi/mqtt/internal/topic_pattern.hpp>

namespace musubi::mqtt {

namespace {

constexpr std::size_t most_head = 64 + topic_text::capacity;  // of a record, with its topic

std::size_t command_bytes(const link_limits& limits) noexcept {
  // what is in flight, the subscriptions, and the ends of some connections; records do not wrap
  return (limits.in_flight + 2) * (limits.payload_bytes + most_head) + limits.shares * most_head +
         4096;
}

/// What is always left for the news that are not messages.
std::size_t reserved_bytes(std::uint32_t in_flight, std::uint32_t shares) noexcept {
  return (in_flight + shares + 2) * 64 + 1024;
}

/// Takes the number of what the broker has answered. False if it was not asked for that.
template <class Pending>
bool take(Pending& from, int message, std::uint32_t& id) noexcept {
  const auto at = std::find_if(from.begin(), from.end(),
                               [&](const auto& each) { return each.message == message; });
  if (at == from.end()) return false;
  id = at->id;
  from.erase(at);
  return true;
}

class library {
 public:
  library() noexcept { (void)mosquitto_lib_init(); }
  library(const library&) = delete;
  library& operator=(const library&) = delete;
  ~library() { (void)mosquitto_lib_cleanup(); }
};

reason reason_of(int error) noexcept {
  switch (error) {
    case MOSQ_ERR_ERRNO:
      return reason::clipped(std::string_view("the broker cannot be reached: "),
                             std::string_view(std::strerror(errno)));
    case MOSQ_ERR_EAI:
      return "the name of the broker is not known";
    case MOSQ_ERR_TLS:
      return "TLS: the broker's certificate is not accepted, or it does not speak TLS";
    case MOSQ_ERR_KEEPALIVE:
      return "the broker does not answer";
    case MOSQ_ERR_CONN_LOST:
      return "the broker has ended the connection";
    case MOSQ_ERR_PROTOCOL:
    case MOSQ_ERR_MALFORMED_PACKET:
    case MOSQ_ERR_MALFORMED_UTF8:
      return "the broker breaks the protocol";
    default:
      return reason::clipped(std::string_view(mosquitto_strerror(error)));
  }
}

}  // namespace

mosquitto_client::mosquitto_client(const options& chosen)
    : remote_signal(&mosquitto_client::hear),
      tls_(chosen.speaks_tls()),
      host_(chosen.host),
      client_(chosen.client),
      user_(chosen.user),
      password_(chosen.password),
      ca_file_(chosen.ca_file),
      will_topic_(chosen.will.topic),
      will_offline_(chosen.will.offline),
      port_(chosen.port != 0 ? chosen.port
            : tls_           ? 8883
                             : 1883),
      keep_alive_(static_cast<int>(std::max<std::int64_t>(
          5, std::chrono::duration_cast<std::chrono::seconds>(chosen.keep_alive).count()))),
      in_flight_(chosen.limits.in_flight),
      shares_(chosen.limits.shares),
      payload_bytes_(chosen.limits.payload_bytes),
      memory_(command_bytes(chosen.limits) + chosen.limits.received_bytes),
      random_(std::random_device{}()),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  static const library initialised;
  commands_ = record_ring({memory_.begin(), command_bytes(chosen.limits)});
  news_ = record_ring(
      {memory_.begin() + command_bytes(chosen.limits) / 8 * 8, chosen.limits.received_bytes});
  asked_.reserve(shares_);
  sent_.reserve(in_flight_);
}

mosquitto_client::~mosquitto_client() {
  if (thread_.joinable()) {
    {
      const std::scoped_lock held(mutex_);
      ends_ = true;
    }
    wake();
    thread_.join();
  }
  ::close(wake_);
}

std::int64_t mosquitto_client::wall_clock() noexcept {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// --- the host ---

void mosquitto_client::connect() noexcept {
  if (listener() == nullptr) (void)listen(*runtime::current());
  if (!thread_.joinable()) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);  // signals are for the program's other threads
    (void)::pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      thread_ = std::thread([this]() noexcept { serve(); });
    } catch (const std::system_error&) {
    }
    (void)::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (!thread_.joinable()) return events_->on_lost("no thread can be started for it");
  }
  ++connection_;
  open_ = true;
  (void)command(verb::connect);
}

void mosquitto_client::disconnect() noexcept {
  open_ = false;
  if (thread_.joinable()) (void)command(verb::disconnect);
}

bool mosquitto_client::subscribe(std::uint32_t id, std::string_view filter) noexcept {
  return command(verb::subscribe, id, filter);
}

bool mosquitto_client::publish(std::uint32_t id, std::string_view topic, std::string_view payload,
                               bool retained) noexcept {
  return command(verb::publish, id, topic, payload, retained);
}

bool mosquitto_client::put(record_ring& to, const head& first, std::string_view topic,
                           std::string_view payload) noexcept {
  std::byte* const room = to.push(sizeof first + topic.size() + 1 + payload.size());
  if (room == nullptr) return false;
  std::memcpy(room, &first, sizeof first);
  std::byte* const text = room + sizeof first;
  if (!topic.empty()) std::memcpy(text, topic.data(), topic.size());
  text[topic.size()] = std::byte{0};
  if (!payload.empty()) std::memcpy(text + topic.size() + 1, payload.data(), payload.size());
  return true;
}

bool mosquitto_client::command(verb what, std::uint32_t id, std::string_view topic,
                               std::string_view payload, bool retained) noexcept {
  const head first{.what = static_cast<std::uint8_t>(what),
                   .detail = retained,
                   .topic_bytes = static_cast<std::uint16_t>(topic.size()),
                   .connection = connection_,
                   .id = id};
  bool done = false;
  {
    const std::scoped_lock held(mutex_);
    done = put(commands_, first, topic, payload);
  }
  wake();
  return done;
}

void mosquitto_client::wake() const noexcept {
  const std::uint64_t once = 1;
  (void)!::write(wake_, &once, sizeof once);
}

void mosquitto_client::hear(remote_signal& self) noexcept {
  static_cast<mosquitto_client&>(self).hear_news();
}

void mosquitto_client::hear_news() noexcept {
  constexpr int most = 64;  // in one turn, so that others get theirs
  std::uint32_t dropped = 0;
  for (int i = 0; i < most; ++i) {
    std::span<std::byte> record;
    {
      const std::scoped_lock held(mutex_);
      dropped += std::exchange(dropped_, 0);
      if (news_.empty()) break;
      if (i == most - 1) raise();
      record = news_.front();  // the thread only adds others
    }
    head first;
    std::memcpy(&first, record.data(), sizeof first);
    const auto* const text = reinterpret_cast<const char*>(record.data() + sizeof first);
    const std::size_t rest = sizeof first + first.topic_bytes + 1;
    if (open_ && first.connection == connection_) {
      deliver(first, {text, first.topic_bytes},
              {text + first.topic_bytes + 1, record.size() - rest});
    }
    bool resume = false;
    {
      const std::scoped_lock held(mutex_);
      news_.pop();
      if (paused_ && news_.used() < news_.size() / 4) resume = std::exchange(paused_, false);
    }
    if (resume) wake();
  }
  if (dropped != 0) events_->on_dropped(dropped);
}

void mosquitto_client::deliver(const head& first, std::string_view topic,
                               std::string_view payload) noexcept {
  switch (static_cast<news>(first.what)) {
    case news::connected:
      return events_->on_connected();
    case news::lost:
      open_ = false;
      return events_->on_lost(payload);
    case news::message:
      return events_->on_message(topic, payload);
    case news::subscribed:
      return events_->on_subscribed(first.id, first.detail);
    case news::sent:
      return events_->on_sent(first.id);
  }
}

// --- the thread ---

void mosquitto_client::serve() noexcept {
  while (obey()) wait();
  leave();
}

/// Carries out what the host has asked for; false if the thread is to end.
bool mosquitto_client::obey() noexcept {
  for (;;) {
    std::span<std::byte> record;
    {
      const std::scoped_lock held(mutex_);
      if (commands_.empty()) return !ends_;
      record = commands_.front();
    }
    head first;
    std::memcpy(&first, record.data(), sizeof first);
    const auto* const topic = reinterpret_cast<const char*>(record.data() + sizeof first);
    const char* const payload = topic + first.topic_bytes + 1;
    const auto size = static_cast<int>(record.size() - sizeof first - first.topic_bytes - 1);
    switch (static_cast<verb>(first.what)) {
      case verb::connect:
        close();
        serving_ = first.connection;
        open();
        break;
      case verb::disconnect:
        leave();
        break;
      case verb::subscribe:
        if (accepted_) ask(first.id, topic);
        break;
      case verb::publish:
        if (accepted_) send(first, topic, payload, size);
        break;
    }
    const std::scoped_lock held(mutex_);
    commands_.pop();
  }
}

void mosquitto_client::ask(std::uint32_t id, const char* filter) noexcept {
  int message = 0;
  const int error = mosquitto_subscribe(library_, &message, filter, 1);
  if (error != MOSQ_ERR_SUCCESS) return lose(error);
  if (asked_.size() < asked_.capacity()) asked_.push_back({message, id});
}

void mosquitto_client::send(const head& first, const char* topic, const char* payload,
                            int bytes) noexcept {
  int message = 0;
  const int error =
      mosquitto_publish(library_, &message, topic, bytes, payload, 1, first.detail != 0);
  if (error != MOSQ_ERR_SUCCESS) return lose(error);
  if (sent_.size() < sent_.capacity()) sent_.push_back({message, first.id});
}

void mosquitto_client::open() noexcept {
  refusal_.clear();
  library_ = mosquitto_new(client_.empty() ? nullptr : client_.c_str(), true, this);
  if (library_ == nullptr) return lose(MOSQ_ERR_NOMEM);
  mosquitto_connect_callback_set(library_, [](mosquitto*, void* self, int code) {
    static_cast<mosquitto_client*>(self)->when_connected(code);
  });
  mosquitto_subscribe_callback_set(
      library_, [](mosquitto*, void* self, int message, int answers, const int* granted) {
        if (answers > 0) static_cast<mosquitto_client*>(self)->when_subscribed(message, *granted);
      });
  mosquitto_publish_callback_set(library_, [](mosquitto*, void* self, int message) {
    static_cast<mosquitto_client*>(self)->when_published(message);
  });
  mosquitto_message_callback_set(library_,
                                 [](mosquitto*, void* self, const mosquitto_message* message) {
                                   static_cast<mosquitto_client*>(self)->when_received(*message);
                                 });
  (void)mosquitto_max_inflight_messages_set(library_, in_flight_);
  (void)mosquitto_int_option(library_, MOSQ_OPT_TCP_NODELAY, 1);
  int error = MOSQ_ERR_SUCCESS;
  if (!user_.empty()) {
    error = mosquitto_username_pw_set(library_, user_.c_str(),
                                      password_.empty() ? nullptr : password_.c_str());
  }
  if (error == MOSQ_ERR_SUCCESS && !will_topic_.empty()) {
    error =
        mosquitto_will_set(library_, will_topic_.c_str(), static_cast<int>(will_offline_.size()),
                           will_offline_.data(), 1, true);
  }
  if (error == MOSQ_ERR_SUCCESS && tls_ && ca_file_.empty()) {
    error = mosquitto_int_option(library_, MOSQ_OPT_TLS_USE_OS_CERTS, 1);
  } else if (error == MOSQ_ERR_SUCCESS && tls_) {
    error = mosquitto_tls_set(library_, ca_file_.c_str(), nullptr, nullptr, nullptr, nullptr);
    if (error == MOSQ_ERR_INVAL) {
      refusal_ = reason::clipped("the file of the authority cannot be read: ", ca_file_);
    }
  }
  if (error == MOSQ_ERR_SUCCESS) {
    error = mosquitto_connect_async(library_, host_.c_str(), port_, keep_alive_);
  }
  if (error != MOSQ_ERR_SUCCESS) lose(error);
}

void mosquitto_client::close() noexcept {
  if (library_ != nullptr) mosquitto_destroy(library_);
  library_ = nullptr;
  reached_ = accepted_ = false;
  asked_.clear();
  sent_.clear();
}

/// Says goodbye: what the will would have said, which the broker forgets when it is left in order.
void mosquitto_client::leave() noexcept {
  if (accepted_) {
    if (!will_topic_.empty()) {
      (void)mosquitto_publish(library_, nullptr, will_topic_.c_str(),
                              static_cast<int>(will_offline_.size()), will_offline_.data(), 1,
                              true);
    }
    (void)mosquitto_disconnect(library_);
    const auto end = std::chrono::steady_clock::now() + goodbye;
    while (mosquitto_socket(library_) != -1 && mosquitto_want_write(library_) &&
           std::chrono::steady_clock::now() < end) {
      pollfd socket{mosquitto_socket(library_), POLLOUT, 0};
      if (::poll(&socket, 1, 50) > 0 && mosquitto_loop_write(library_, 1) != MOSQ_ERR_SUCCESS)
        break;
    }
  }
  close();
}

void mosquitto_client::lose(int error) noexcept {
  if (error == MOSQ_ERR_CONN_LOST && !accepted_ && refusal_.empty()) {
    refusal_ = "the broker has ended the connection before it accepted it";
  }
  const reason why = refusal_.empty() ? reason_of(error) : refusal_;
  close();
  tell_host(news::lost, 0, {}, why);
}

void mosquitto_client::wait() noexcept {
  pollfd waits[2] = {{wake_, POLLIN, 0}, {-1, 0, 0}};
  const int socket = library_ == nullptr ? -1 : mosquitto_socket(library_);
  if (socket != -1) {
    bool reads = true;
    {
      const std::scoped_lock held(mutex_);
      paused_ = news_.used() > news_.size() / 2;
      reads = !paused_;
    }
    waits[1].fd = socket;
    if (reads) waits[1].events = POLLIN;
    if (!reached_ || mosquitto_want_write(library_)) waits[1].events |= POLLOUT;
  }
  (void)::poll(waits, 2, socket == -1 ? -1 : 1000);
  if (waits[0].revents != 0) {
    std::uint64_t times = 0;
    (void)!::read(wake_, &times, sizeof times);
  }
  if (socket == -1) return;
  int error = MOSQ_ERR_SUCCESS;
  if (waits[1].revents != 0) {
    reached_ = true;
    if ((waits[1].revents & ~POLLOUT) != 0) error = mosquitto_loop_read(library_, 1);
    if (error == MOSQ_ERR_SUCCESS && (waits[1].revents & POLLOUT) != 0) {
      error = mosquitto_loop_write(library_, 1);
    }
  }
  if (error == MOSQ_ERR_SUCCESS) error = mosquitto_loop_misc(library_);
  if (error != MOSQ_ERR_SUCCESS) lose(error);
}

void mosquitto_client::tell_host(news what, std::uint32_t id, std::string_view topic,
                                 std::string_view payload, std::uint8_t detail) noexcept {
  const head first{.what = static_cast<std::uint8_t>(what),
                   .detail = detail,
                   .topic_bytes = static_cast<std::uint16_t>(topic.size()),
                   .connection = serving_,
                   .id = id};
  {
    const std::scoped_lock held(mutex_);
    const std::size_t bytes = sizeof first + topic.size() + payload.size() + 64;
    const bool fits = what != news::message ||
                      news_.size() - news_.used() > bytes + reserved_bytes(in_flight_, shares_);
    if (!fits || !put(news_, first, topic, payload)) ++dropped_;
  }
  raise();
}

void mosquitto_client::when_connected(int code) noexcept {
  accepted_ = code == 0;
  if (accepted_) return tell_host(news::connected, 0, {}, {});
  refusal_ = reason::clipped(refusal_of(static_cast<std::uint32_t>(code)));
}

void mosquitto_client::when_subscribed(int message, int granted) noexcept {
  std::uint32_t id = 0;
  if (!take(asked_, message, id)) return;
  tell_host(news::subscribed, id, {}, {}, static_cast<std::uint8_t>(granted));
}

void mosquitto_client::when_published(int message) noexcept {
  std::uint32_t id = 0;
  if (take(sent_, message, id)) tell_host(news::sent, id, {}, {});
}

void mosquitto_client::when_received(const mosquitto_message& message) noexcept {
  const std::string_view topic(message.topic);
  if (topic.size() > topic_text::capacity) return;  // no share has such a topic
  const std::string_view payload(static_cast<const char*>(message.payload),
                                 static_cast<std::size_t>(message.payloadlen));
  if (payload.size() <= payload_bytes_) return tell_host(news::message, 0, topic, payload);
  {
    const std::scoped_lock held(mutex_);
    ++dropped_;
  }
  raise();
}

}  // namespace musubi::mqtt
