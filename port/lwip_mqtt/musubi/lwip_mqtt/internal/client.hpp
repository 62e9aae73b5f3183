#pragma once
/// A broker by lwIP's own MQTT client.

#include <cstddef>
#include <cstdint>
#include <lwip/apps/mqtt_priv.h>
#include <lwip/ip_addr.h>
#include <lwip/tcp.h>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/lwip_mqtt/internal/packet_reader.hpp>
#include <musubi/mqtt/internal/broker.hpp>
#include <musubi/mqtt/link_state.hpp>
#include <musubi/mqtt/options.hpp>

namespace musubi::lwip_mqtt {

/// lwIP's callbacks only record what happened; `work` tells the session, from the host's run queue,
/// after lwIP has returned.
///
///     TCP ---> on_received ---> packet_reader ---> lwIP's parser ---> what is new ---> session
///
/// Memory is that of this object, and lwIP's heap for what TCP has not sent yet.
class client final : public mqtt::broker {
 public:
  explicit client(const mqtt::options& chosen) noexcept;
  client(const client&) = delete;
  client& operator=(const client&) = delete;
  ~client() { disconnect(); }

  /// What this client cannot do of what is chosen, as a sentence; empty if nothing.
  [[nodiscard]] static mqtt::reason problem_of(const mqtt::options& chosen) noexcept;
  /// Who is told. Call before `connect`.
  void tell(mqtt::broker_events& events) noexcept { events_ = &events; }

  void connect() noexcept override;
  void disconnect() noexcept override;
  [[nodiscard]] bool subscribe(std::uint32_t id, std::string_view filter) noexcept override;
  [[nodiscard]] bool publish(std::uint32_t id, std::string_view topic, std::string_view payload,
                             bool retained) noexcept override;
  [[nodiscard]] std::uint32_t random() noexcept override;
  [[nodiscard]] std::int64_t wall_clock() noexcept override { return 0; }

 private:
  /// lwIP gives its callbacks the client alone; behind it is whose it is.
  struct of_lwip {
    mqtt_client_t client;
    lwip_mqtt::client* owner;
  };
  /// A message or a subscription that is not acknowledged.
  struct flight {
    client* owner = nullptr;
    std::uint32_t id = 0;
    bool is_subscription = false;
    bool used = false;
  };

  static client& owner_of(void* lwip) noexcept { return *static_cast<of_lwip*>(lwip)->owner; }
  static err_t on_reached(void* self, tcp_pcb* pcb, err_t error) noexcept;
  static err_t on_received(void* self, tcp_pcb* pcb, pbuf* data, err_t error) noexcept;
  static err_t on_acknowledged(void* self, tcp_pcb* pcb, u16_t bytes) noexcept;
  static void on_connection(mqtt_client_t*, void* self, mqtt_connection_status_t status) noexcept;
  static void on_topic(void* self, const char* topic, u32_t payload_bytes) noexcept;
  static void on_payload(void* self, const u8_t* data, u16_t bytes, u8_t flags) noexcept;
  static void on_answered(void* which, err_t error) noexcept;

  void work() noexcept;
  void work_soon() noexcept;
  void read() noexcept;
  /// Gives lwIP's parser the packet that is complete, and the session what it says.
  void feed(bool is_too_long) noexcept;
  /// What the broker says to one of the flights.
  void tell_answer(flight& to) noexcept;
  [[nodiscard]] flight* free_flight() noexcept;
  void lose(std::string_view why) noexcept;
  void abort() const noexcept;
  void drop_held() noexcept;
  /// Drops bytes that were read, all of the first segment if need be.
  void drop_first(std::size_t bytes) noexcept;
  [[nodiscard]] bool is_accepted() const noexcept;
  /// Whether a packet with a body of `bytes` fits behind what lwIP has not sent yet.
  [[nodiscard]] bool has_room(std::size_t bytes) const noexcept;

  const mqtt::options options_;
  ip_addr_t address_{};
  mqtt::broker_events* events_ = nullptr;
  runtime* loop_ = nullptr;
  of_lwip lwip_{};
  tcp_connected_fn reached_ = nullptr;  // those of lwIP's client, which ours call
  tcp_recv_fn received_ = nullptr;
  tcp_sent_fn acknowledged_ = nullptr;
  pbuf* held_ = nullptr;  // received, but not read yet
  packet_reader reader_{buffer_};
  member_job<&client::work> job_{*this};
  flight flights_[MQTT_REQ_MAX_IN_FLIGHT];

  // what lwIP has told of the packet that it is given
  std::string_view topic_;
  std::string_view payload_;
  bool has_message_ = false;
  bool is_new_ = false;  // the broker has accepted the connection
  flight* answered_ = nullptr;

  bool open_ = false;      // as the session sees it
  bool waits_ = false;     // the session was refused room
  bool has_room_ = false;  // and may try again
  bool ended_ = false;     // by the broker
  mqtt::reason lost_;      // why, as long as the session has not been told
  std::uint8_t buffer_[MQTT_VAR_HEADER_BUFFER_LEN - 1];
};

}  // namespace musubi::lwip_mqtt
