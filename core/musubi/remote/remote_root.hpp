#pragma once
/// One root of another server, whose struct this program may not know: its state as JSON.

#include <cstdint>
#include <string_view>

#include <musubi/async/event.hpp>
#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/memory/text.hpp>
#include <musubi/phoenix/frame.hpp>
#include <musubi/remote/internal/replica.hpp>

namespace musubi {

class remote_call;
class remote_server;

/// Whether the state of a root is the present one.
enum class remote_status : std::uint8_t {
  connecting,    ///< there is no state yet
  live,          ///< it is the present one
  reconnecting,  ///< it is the last one that was seen: the server or its store is away
  refused,  ///< the server refuses the mount or the connection, see `why`; it is asked again, ever
            ///< less often
};

/// The word for a status, as above.
[[nodiscard]] std::string_view to_text(remote_status status) noexcept;

/// What a program is told when a server is away: a sentence, cut off at its end if need be.
using remote_reason = text<127>;

/// A mounted root. It mounts when it is constructed, and leaves when it is destroyed; between, it
/// survives lost connections, restarts of the server, and versions that are missing (contract
/// section 13.3): the last state is kept to be shown, and a new one is awaited.
///
/// Host's thread only. Must not outlive its server. Not to be destroyed from one of its functions.
class remote_root : public link {
 public:
  /// All views must outlive it: `module` as the server declares it, `id` names the instance,
  /// `params` is a JSON object.
  remote_root(remote_server& server, std::string_view module, std::string_view id,
              std::string_view params = "{}") noexcept;
  virtual ~remote_root();

  [[nodiscard]] remote_status status() const noexcept { return status_; }
  /// Why it is not live, as a sentence; empty while it is.
  [[nodiscard]] std::string_view why() const noexcept;
  /// The state as JSON: that of the root, with those of its children where they stand, and the
  /// markers of the wire. Empty before the first. Valid until the host's next turn.
  [[nodiscard]] std::string_view state_text() const noexcept { return known_.tree(); }
  /// The state of one store of the tree, by its store_id as JSON: `["cart","lines","mug-1"]`; empty
  /// if there is none.
  [[nodiscard]] std::string_view store_text(std::string_view store_id) const noexcept {
    return find_store(known_.tree(), store_id);
  }
  /// The items of a stream, as `[{"item_key":"…","item":…},…]`; empty when there was none ever.
  [[nodiscard]] std::string_view items_text(std::string_view store_id,
                                            std::string_view stream) const noexcept {
    return find_items(known_.streams(), store_id, stream);
  }
  /// All streams, as `[{"store_id":[…],"stream":"…","items":[…]},…]`.
  [[nodiscard]] std::string_view streams_text() const noexcept { return known_.streams(); }
  /// Counts the states and changes of status so far.
  [[nodiscard]] std::uint32_t changes() const noexcept { return changes_; }
  /// Await it for the next state or status. Check the condition first, and wait in a loop.
  [[nodiscard]] event::awaiter changed() noexcept { return changed_.wait(); }

  [[nodiscard]] remote_server& server() noexcept { return server_; }

 protected:
  /// Called after `state_text` or `status` has changed, before those who await it are resumed.
  virtual void on_change() noexcept {}
  /// Called for each event that a store pushes (contract section 9), after the state that it came
  /// with. Views of the message: `store_id` and `payload` are JSON, `name` is a JSON string.
  virtual void on_event(std::string_view store_id, std::string_view name,
                        std::string_view payload) noexcept {
    (void)store_id, (void)name, (void)payload;
  }
  /// Says that what came cannot be used, although the server is there.
  void unusable(const remote_reason& why) noexcept { why_ = why; }

 private:
  friend class remote_call;
  friend class remote_server;
  enum class phase : std::uint8_t { away, joining, joined, live, paused };

  [[nodiscard]] bool is_topic(std::string_view topic) const noexcept;
  void write_topic(json::writer& out) const noexcept;
  void join() noexcept;
  void leave() noexcept;
  /// Joins again: at once, or after a pause if it has just done so.
  void rejoin_soon() noexcept;
  void pause(duration span) noexcept;
  void on_timer() noexcept;
  void on_frame(const phoenix::frame& message) noexcept;
  void on_join_reply(std::string_view payload) noexcept;
  void on_patch(std::string_view payload) noexcept;
  /// The server's side is gone.
  void lost(remote_status now, const remote_reason& why) noexcept;
  void refused(const remote_reason& why) noexcept;
  void became(remote_status now) noexcept;

  remote_server& server_;
  std::string_view module_;
  std::string_view id_;
  std::string_view params_;
  void* block_;
  replica known_;
  remote_reason why_;
  event changed_;
  member_job<&remote_root::on_timer> timer_job_{*this};
  timer timer_{timer_job_};
  time_point reopened_ = time_point::min();
  std::uint32_t join_ref_ = 0;
  std::uint32_t changes_ = 0;
  std::uint8_t refusals_ = 0;
  remote_status status_ = remote_status::connecting;
  phase phase_ = phase::away;
};

/// The outcome of a command.
enum class remote_outcome : std::uint8_t {
  ok,
  refused,    ///< the server answered with an error
  timed_out,  ///< it did not answer in time; whether the command was run is unknown
  lost,       ///< the connection or the store ended before the answer; the same holds
  not_live,   ///< it was not sent: there is no live store
  exhausted,  ///< it was not sent: a limit was reached, see `remote_call::limit`
};

/// A command under way. Destroying it forgets the reply. Host's thread only.
class remote_call : public link {
 public:
  /// Call once. `finished` is not called from within. Returns false when nothing was sent; then
  /// `outcome` says why. Views are used before it returns; `store_id` and `payload` are JSON.
  bool send(remote_root& to, std::string_view name, std::string_view payload,
            std::string_view store_id = "[]") noexcept;
  [[nodiscard]] remote_outcome outcome() const noexcept { return outcome_; }
  /// The limit that was reached, when it was not sent because one was: "calls", "outgoing_bytes".
  [[nodiscard]] std::string_view limit() const noexcept { return limit_; }

 protected:
  remote_call() noexcept = default;
  virtual ~remote_call() = default;
  /// Called once. `answer` is the reply as JSON if the server answered, otherwise a sentence; valid
  /// during the call. May destroy this object.
  virtual void finished(std::string_view answer) noexcept = 0;
  void outcome(remote_outcome what) noexcept { outcome_ = what; }

 private:
  friend class remote_server;
  void on_late() noexcept;

  remote_root* to_ = nullptr;
  std::string_view limit_;
  std::uint32_t ref_ = 0;
  remote_outcome outcome_ = remote_outcome::not_live;
  member_job<&remote_call::on_late> late_job_{*this};
  timer late_{late_job_};
};

}  // namespace musubi
