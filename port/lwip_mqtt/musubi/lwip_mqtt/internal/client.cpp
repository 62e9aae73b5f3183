#include <algorithm>
#include <cstring>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/sys.h>
#include <utility>

#include <musubi/lwip_mqtt/internal/client.hpp>
#include <musubi/mqtt/internal/refusal.hpp>

#if LWIP_ALTCP
#error "musubi: the link reads what lwIP's MQTT client is given: set LWIP_ALTCP 0"
#endif

namespace musubi::lwip_mqtt {

namespace {

/// Text that lwIP wants to end with a zero.
template <std::size_t N>
class c_string {
 public:
  explicit c_string(std::string_view text) noexcept {
    const std::size_t bytes = std::min(text.size(), N);
    if (bytes != 0) std::memcpy(text_, text.data(), bytes);
    text_[bytes] = 0;
  }
  [[nodiscard]] const char* get() const noexcept { return text_; }
  [[nodiscard]] const char* get_if_any() const noexcept { return text_[0] == 0 ? nullptr : text_; }

 private:
  char text_[N + 1];
};

constexpr std::size_t most_topic = 160;  // mqtt::topic_text
constexpr std::size_t most_name = 64;    // of the client, and of its user
constexpr std::size_t most_will = 64;
/// Segments that may wait here; the rest of lwIP's buffers are for browsers.
constexpr int most_held = 4;

std::string_view reason_of(mqtt_connection_status_t status) noexcept {
  switch (status) {
    case MQTT_CONNECT_TIMEOUT:
      return "the broker does not answer";
    case MQTT_CONNECT_DISCONNECTED:
      return "the broker cannot be reached, or has ended the connection";
    default:  // the broker's own code
      return mqtt::refusal_of(status);
  }
}

}  // namespace

client::client(const mqtt::options& chosen) noexcept : options_(chosen) {
  lwip_.owner = this;
  (void)ipaddr_aton(c_string<IPADDR_STRLEN_MAX>(options_.host).get(), &address_);
}

mqtt::reason client::problem_of(const mqtt::options& chosen) noexcept {
  ip_addr_t address;
  if (chosen.host.size() > IPADDR_STRLEN_MAX ||
      ipaddr_aton(c_string<IPADDR_STRLEN_MAX>(chosen.host).get(), &address) == 0) {
    return "the address of the broker is not in numbers, as in 192.0.2.7";
  }
  if (chosen.speaks_tls()) return "this link does not speak TLS";
  if (chosen.client.size() > most_name || chosen.user.size() > most_name ||
      chosen.password.size() > most_name) {
    return "the name of the client, the user or the password is longer than 64 bytes";
  }
  if (chosen.will.offline.size() > most_will) return "the will is longer than 64 bytes";
  if (chosen.limits.in_flight >= MQTT_REQ_MAX_IN_FLIGHT) {
    return "link_limits::in_flight must be less than lwIP's MQTT_REQ_MAX_IN_FLIGHT";
  }
  // a head of 5 bytes, the length of the topic, the topic, an identifier
  if (5 + 2 + most_topic + 2 + chosen.limits.payload_bytes >= MQTT_OUTPUT_RINGBUF_SIZE) {
    return "lwIP's MQTT_OUTPUT_RINGBUF_SIZE must be at least link_limits::payload_bytes + 170";
  }
  return {};
}

std::uint32_t client::random() noexcept {
  std::uint32_t mixed = sys_now();
  if (netif_default == nullptr) return mixed;
  for (const u8_t byte : netif_default->hwaddr) mixed = mixed * 31 + byte;
  return mixed ^ (mixed >> 15);
}

bool client::is_accepted() const noexcept {
  return mqtt_client_is_connected(const_cast<mqtt_client_t*>(&lwip_.client)) != 0;
}

bool client::has_room(std::size_t bytes) const noexcept {
  const mqtt_ringbuf_t& ring = lwip_.client.output;
  const std::size_t used = ring.put >= ring.get
                               ? static_cast<std::size_t>(ring.put - ring.get)
                               : std::size_t{MQTT_OUTPUT_RINGBUF_SIZE} + ring.put - ring.get;
  return used + 5 + bytes < MQTT_OUTPUT_RINGBUF_SIZE;  // one that is full, lwIP takes for empty
}

// --- what the session asks for ---

void client::connect() noexcept {
  loop_ = runtime::current();
  abort();
  drop_held();
  reader_.restart();
  for (flight& each : flights_) each = {.owner = this};
  waits_ = has_room_ = ended_ = is_new_ = false;
  lost_.clear();
  open_ = true;
  const c_string<most_name> name(options_.client);
  const c_string<most_name> user(options_.user);
  const c_string<most_name> password(options_.password);
  const c_string<most_topic> will_topic(options_.will.topic);
  const c_string<most_will> will(options_.will.offline);
  using std::chrono::seconds;
  const auto alive = std::chrono::duration_cast<seconds>(options_.keep_alive).count();
  mqtt_connect_client_info_t said{};
  said.client_id = name.get();
  said.client_user = user.get_if_any();
  said.client_pass = password.get_if_any();
  said.keep_alive = static_cast<u16_t>(std::clamp<std::int64_t>(alive, 5, 0xFFFF));
  said.will_topic = will_topic.get_if_any();
  said.will_msg = will.get();
  said.will_qos = 1;
  said.will_retain = 1;
  const u16_t port = options_.port == 0 ? u16_t{1883} : options_.port;
  const err_t error =
      mqtt_client_connect(&lwip_.client, &address_, port, &client::on_connection, this, &said);
  if (error != ERR_OK) {
    return lose(error == ERR_RTE ? "there is no way to the broker"
                                 : "lwIP has no room for the connection: MEMP_NUM_TCP_PCB");
  }
  mqtt_set_inpub_callback(&lwip_.client, &client::on_topic, &client::on_payload, this);
  tcp_setprio(lwip_.client.conn, TCP_PRIO_MAX);  // browsers do not push it out
  reached_ = std::exchange(lwip_.client.conn->connected, &client::on_reached);
}

void client::disconnect() noexcept {
  open_ = false;
  abort();
  drop_held();
  lost_.clear();
}

void client::abort() const noexcept {
  // Not `mqtt_disconnect`: what the broker has not acknowledged would keep lwIP's memory for
  // minutes.
  if (lwip_.client.conn != nullptr) tcp_abort(lwip_.client.conn);
}

client::flight* client::free_flight() noexcept {
  auto* const free = std::find_if(std::begin(flights_), std::end(flights_),
                                  [](const flight& each) { return !each.used; });
  return free == std::end(flights_) ? nullptr : free;
}

bool client::subscribe(std::uint32_t id, std::string_view filter) noexcept {
  waits_ = true;
  if (!is_accepted() || !has_room(2 + 2 + filter.size() + 1)) return false;
  flight* const free = free_flight();
  if (free == nullptr) return false;
  const c_string<most_topic> topic(filter);
  const err_t error = mqtt_sub_unsub(&lwip_.client, topic.get(), 1, &client::on_answered, free, 1);
  if (error != ERR_OK) return false;
  *free = {.owner = this, .id = id, .is_subscription = true, .used = true};
  waits_ = false;
  return true;
}

bool client::publish(std::uint32_t id, std::string_view topic, std::string_view payload,
                     bool retained) noexcept {
  waits_ = true;
  if (!is_accepted() || !has_room(2 + topic.size() + 2 + payload.size())) return false;
  flight* const free = free_flight();
  if (free == nullptr) return false;
  const c_string<most_topic> to(topic);
  const err_t error =
      mqtt_publish(&lwip_.client, to.get(), payload.data(), static_cast<u16_t>(payload.size()), 1,
                   retained ? 1 : 0, &client::on_answered, free);
  if (error != ERR_OK) return false;
  *free = {.owner = this, .id = id, .is_subscription = false, .used = true};
  waits_ = false;
  return true;
}

// --- what lwIP tells ---

void client::work_soon() noexcept {
  loop_->push(job_);
}

void client::lose(std::string_view why) noexcept {
  if (!open_ || !lost_.empty()) return;
  lost_ = mqtt::reason::clipped(why);
  work_soon();
}

err_t client::on_reached(void* self, tcp_pcb* pcb, err_t error) noexcept {
  client& here = owner_of(self);
  const err_t done = here.reached_(self, pcb, error);
  if (done != ERR_OK) return done;
  here.received_ = std::exchange(pcb->recv, &client::on_received);
  here.acknowledged_ = std::exchange(pcb->sent, &client::on_acknowledged);
  return ERR_OK;
}

err_t client::on_received(void* self, tcp_pcb*, pbuf* data, err_t) noexcept {
  client& here = owner_of(self);
  if (data == nullptr) {
    here.ended_ = true;
  } else if (here.held_ == nullptr) {
    here.held_ = data;
  } else {
    pbuf_cat(here.held_, data);
  }
  here.work_soon();
  return ERR_OK;
}

err_t client::on_acknowledged(void* self, tcp_pcb* pcb, u16_t bytes) noexcept {
  client& here = owner_of(self);
  const err_t done = here.acknowledged_(self, pcb, bytes);
  if (here.waits_) here.has_room_ = true;
  if (here.has_room_ || here.held_ != nullptr) here.work_soon();
  return done;
}

void client::on_connection(mqtt_client_t*, void* self, mqtt_connection_status_t status) noexcept {
  client& here = *static_cast<client*>(self);
  if (status == MQTT_CONNECT_ACCEPTED) {
    here.is_new_ = true;
  } else {
    here.lose(reason_of(status));
  }
}

void client::on_topic(void* self, const char* topic, u32_t) noexcept {
  static_cast<client*>(self)->topic_ = topic;
}

void client::on_payload(void* self, const u8_t* data, u16_t bytes, u8_t) noexcept {
  client& here = *static_cast<client*>(self);
  here.payload_ = {reinterpret_cast<const char*>(data), bytes};
  here.has_message_ = true;
}

void client::on_answered(void* which, err_t error) noexcept {
  auto& done = *static_cast<flight*>(which);
  if (error == ERR_TIMEOUT) return done.owner->lose("the broker does not answer");
  done.owner->answered_ = &done;  // ERR_ABRT: a refusal, whose code the packet has
}

// --- the host ---

void client::drop_held() noexcept {
  if (held_ != nullptr) pbuf_free(std::exchange(held_, nullptr));
}

void client::drop_first(std::size_t bytes) noexcept {
  if (bytes < held_->len) {
    (void)pbuf_remove_header(held_, bytes);
    return;
  }
  pbuf* const first = held_;
  held_ = first->next;
  if (held_ != nullptr) pbuf_ref(held_);  // of which the first gives up its own
  pbuf_free(first);
}

void client::work() noexcept {
  read();
  if (open_ && std::exchange(has_room_, false) && lost_.empty()) events_->on_room();
  if (ended_ && open_ && lost_.empty()) lose("the broker has ended the connection");
  if (!open_ || lost_.empty()) return;
  const mqtt::reason why = lost_;
  disconnect();
  events_->on_lost(why);
}

void client::read() noexcept {
  while (held_ != nullptr && open_ && lost_.empty()) {
    if (!has_room(2)) {  // for lwIP to acknowledge a message: it would forget to
      if (pbuf_clen(held_) > most_held) lose("the broker does not take what it is sent");
      return;
    }
    std::span<const std::uint8_t> bytes(static_cast<const std::uint8_t*>(held_->payload),
                                        held_->len);
    const auto outcome = reader_.take(bytes);
    drop_first(held_->len - bytes.size());
    switch (outcome) {
      case packet_reader::outcome::incomplete:
        break;
      case packet_reader::outcome::broken:
        return lose("the broker breaks the protocol");
      case packet_reader::outcome::packet:
        feed(false);
        break;
      case packet_reader::outcome::too_long:
        feed(true);
        break;
    }
  }
}

void client::feed(bool is_too_long) noexcept {
  const auto bytes = reader_.packet();
  pbuf whole{};
  whole.payload = const_cast<std::uint8_t*>(bytes.data());
  whole.len = whole.tot_len = static_cast<u16_t>(bytes.size());
  whole.ref = 2;  // lwIP's client frees one
  has_message_ = false;
  answered_ = nullptr;
  if (lwip_.client.conn == nullptr) return;
  (void)received_(&lwip_.client, lwip_.client.conn, &whole, ERR_OK);
  if (!open_ || !lost_.empty()) return;
  if (std::exchange(is_new_, false)) return events_->on_connected();
  if (is_too_long) return events_->on_dropped(1);
  if (has_message_) return events_->on_message(topic_, payload_);
  if (answered_ != nullptr && std::exchange(answered_->used, false)) tell_answer(*answered_);
}

void client::tell_answer(flight& to) noexcept {
  if (!to.is_subscription) return events_->on_sent(to.id);
  events_->on_subscribed(to.id, reader_.body()[2]);  // behind the identifier
}

}  // namespace musubi::lwip_mqtt
