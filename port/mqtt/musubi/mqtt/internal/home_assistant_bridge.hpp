#pragma once
/// The part of `home_assistant` that does not know the type of its store.
///
///    State ──> topic of the State        discovery payload ──> topic of the device
///    topic of each command ──> store     birth of Home Assistant ──> both are sent again

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/host/host_core.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/mqtt/home_assistant_options.hpp>
#include <musubi/mqtt/internal/discovery.hpp>
#include <musubi/mqtt/internal/entity.hpp>
#include <musubi/mqtt/internal/raw_payloads.hpp>
#include <musubi/mqtt/internal/reply_text.hpp>
#include <musubi/mqtt/link.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/page/internal/sink.hpp>

namespace musubi::mqtt {

/// How the root is made and written.
struct home_assistant_root {
  page* (*make)(void* memory, page_resources& resources, page_sink& sink, const void* socket);
  void (*write_state)(const page& of, json::writer& out) noexcept;
  void (*write_params)(const void* params, json::writer& out) noexcept;
  const void* socket;
  const void* params;
};

class home_assistant_bridge final : page_sink, document_writer {
 public:
  /// Bytes of the store's mount params as JSON.
  static constexpr std::size_t params_bytes = 512;
  /// How long a store that failed, or that could not be mounted, stays away.
  static constexpr duration remount_pause = std::chrono::seconds(5);
  /// Devices that hear of a birth do not answer all at once, but within this.
  static constexpr duration birth_spread = std::chrono::seconds(1);
  /// What is refused is logged once in this time, with the number of what was left out.
  static constexpr duration between_reports = std::chrono::seconds(60);

  /// The topic of one command.
  struct command_source {
    using message_type = json_payload;
    [[nodiscard]] subscriber_list* local() noexcept { return &nobody; }
    bool publish(const json_payload& sent) const noexcept {
      owner->take(*of, sent.text());
      return true;
    }
    home_assistant_bridge* owner = nullptr;
    const entity* of = nullptr;
    subscriber_list nobody;
  };

  /// `commands` has room for those of `entities`.
  home_assistant_bridge(link& through, const home_assistant_options& chosen,
                        std::string_view module, std::span<const entity> entities,
                        std::span<command_source> commands) noexcept;
  ~home_assistant_bridge();
  home_assistant_bridge(const home_assistant_bridge&) = delete;
  home_assistant_bridge& operator=(const home_assistant_bridge&) = delete;

  [[nodiscard]] std::string_view problem() const noexcept;
  [[nodiscard]] const home_assistant_counters& counters() const noexcept { return counters_; }
  void log_to(musubi::log& to) noexcept { log_ = &to; }

  /// Mounted as long as this lives.
  class running {
   public:
    running(home_assistant_bridge& which, host_core& host, const home_assistant_root& root) noexcept
        : of_(&which) {
      of_->start(host, root);
    }
    ~running() { of_->stop(); }
    running(const running&) = delete;
    running& operator=(const running&) = delete;

   private:
    home_assistant_bridge* of_;
  };

  /// Publishes the discovery payload and the State, as far as they are not known.
  void publish() noexcept;
  void remove() noexcept;

 private:
  void start(host_core& host, const home_assistant_root& root) noexcept;
  void stop() noexcept;
  void mount() noexcept;
  void unmount(std::string_view why) noexcept;
  void fail(std::string_view why) noexcept;
  void take(const entity& command, std::string_view payload) noexcept;
  void refuse(std::string_view command, std::string_view why) noexcept;
  void born() noexcept;
  void answer_birth() noexcept;
  void service() noexcept;

  // what is sent
  void write(document which, json::writer& out) const noexcept override;

  // the page's client
  [[nodiscard]] bool writable() const noexcept override { return true; }
  [[nodiscard]] json::writer& out() noexcept override { return writer_; }
  void begin_reply(std::string_view ref, bool ok) noexcept override;
  void end_reply() noexcept override;
  void begin_patch() noexcept override { text_.clear(); }
  void end_patch() noexcept override;
  void write_root_id(json::writer& to) const noexcept override;
  [[nodiscard]] std::string_view id() const noexcept override { return chosen_.device; }
  void service_wanted() noexcept override;

  /// The topic of Home Assistant's birth and will.
  struct birth_source {
    using message_type = birth;
    [[nodiscard]] subscriber_list* local() noexcept { return &nobody; }
    bool publish(const birth& now) const noexcept {
      if (now.online) owner->born();
      return true;
    }
    home_assistant_bridge* owner;
    subscriber_list nobody;
  };

  link& hub_;
  home_assistant_options chosen_;
  std::string_view module_;
  std::span<const entity> entities_;
  reason problem_;
  home_assistant_counters counters_;
  musubi::log* log_ = nullptr;

  document_source config_;
  document_source state_;
  document_source config_again_;  // not retained: sent whether it is known or not
  document_source state_again_;
  birth_source birth_{this, {}};

  host_core* host_ = nullptr;
  home_assistant_root root_{};
  page_resources resources_{};
  void* block_ = nullptr;          // of the host's pool of pages
  page* page_ = nullptr;           // in it
  bool is_ok_ = true;              // the reply that is being written
  const entity* asked_ = nullptr;  // the command that it is for
  bool removed_ = false;
  reply_text text_;
  json::writer writer_{text_};

  member_job<&home_assistant_bridge::service> service_job_{*this};
  member_job<&home_assistant_bridge::mount> mount_job_{*this};
  timer mount_timer_{mount_job_};
  member_job<&home_assistant_bridge::answer_birth> birth_job_{*this};
  timer birth_timer_{birth_job_};
  time_point reported_{};
  std::uint32_t unreported_ = 0;
  bool has_reported_ = false;
};

}  // namespace musubi::mqtt
