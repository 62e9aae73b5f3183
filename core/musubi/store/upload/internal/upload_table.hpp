#pragma once
/// The files of one page's stores, and what browsers ask about them on the root's channel.

#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/store/page/internal/mail.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/upload/internal/upload.hpp>
#include <musubi/store/upload/internal/upload_services.hpp>
#include <musubi/store/upload/internal/upload_token.hpp>

namespace musubi {

/// What a browser asks (contract sections 10.3 to 10.5).
enum class upload_event : std::uint8_t {
  allow_upload,
  cancel_upload,
  upload_progress,
  upload_error,
};

class upload_table {
 public:
  explicit upload_table(page& owner) noexcept : page_(&owner) {}
  upload_table(const upload_table&) = delete;
  upload_table& operator=(const upload_table&) = delete;
  /// Releases every sink.
  ~upload_table();

  /// A request of the browser; answered now, later, or, when the page fails, never. `payload` is an
  /// object, well formed; its strings are decoded in place.
  void receive(upload_event what, std::string_view ref, std::span<char> payload) noexcept;
  /// How many files there are.
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  /// The file with that ref, or null.
  [[nodiscard]] upload* find(std::string_view ref) noexcept;
  /// Tells the browser what a store takes, once it is initialised (contract section 10.2).
  void announce(const context& of, const detail::upload_list& list) noexcept;
  /// A store is gone, and its files with it.
  void forget(const context& gone) noexcept;

  // --- for stores ---

  /// The file of the upload `type` of the store `of` that came behind `after`, in the order of
  /// their preflights; null for the first, and behind the last.
  [[nodiscard]] upload_entry* next(const context& of, const char* type,
                                   const upload_entry* after) noexcept;
  /// The file was taken, and is removed.
  void consumed(upload_entry& file) noexcept;
  /// Gives up a file, whatever its status; the browser is told.
  void cancel(upload_entry& file) noexcept;
  /// All that were to be consumed were: if no file of any kind is left, the browser is told so.
  void settle(const context& of, const char* type) noexcept;

 private:
  friend class upload;
  struct request;
  struct verdict;
  struct work_mail : mail {
    upload_table* table = nullptr;
    bool posted = false;
  };

  void run(upload_event what, std::string_view ref, std::span<char> payload) noexcept;
  [[nodiscard]] bool resolve(request& asked) noexcept;
  [[nodiscard]] context* store_at(std::string_view store_id) noexcept;
  /// Whether the visitor may send such files; refuses it otherwise.
  [[nodiscard]] bool is_allowed(const request& asked) noexcept;
  void allow(const request& asked) noexcept;
  [[nodiscard]] verdict judge(const request& asked, std::string_view entry) noexcept;
  void answer_allow(const request& asked, std::span<const verdict> verdicts) noexcept;
  void external_progress(const request& asked) noexcept;
  void external_error(const request& asked) noexcept;
  void reply_ok(std::string_view ref) noexcept;
  void enqueue(upload_event what, std::string_view ref, std::span<char> payload) noexcept;

  /// A file has something to be done: does it now, or when the page has time.
  void work_due() noexcept;
  void schedule() noexcept;
  void serve() noexcept;
  [[nodiscard]] upload* first_due() noexcept;
  [[nodiscard]] upload* make(context& owner, const detail::upload_type& type, std::string_view name,
                             std::string_view mime, std::uint64_t size, upload_problem& why,
                             std::string_view& message) noexcept;
  void remove(upload& gone) noexcept;
  [[nodiscard]] std::size_t count(const context& of, const char* type) noexcept;
  [[nodiscard]] upload_grant grant_of(const upload& file) const noexcept;
  [[nodiscard]] const net::hmac_key& key() noexcept;
  [[nodiscard]] upload_services& services() noexcept { return *page_->resources().uploads; }
  /// Runs a function of a store; what it publishes to its own page waits. Its failure is the
  /// page's.
  template <class Call>
  auto call(const upload& file, Call&& function) noexcept;
  void failed(const status& why) noexcept {
    if (why.code() == errc::failed) page_->fail(why);
  }
  void announce(const upload& file) noexcept;
  /// Starts an upload operation: `{"op":"add","upload":"avatar","store_id":[]`.
  [[nodiscard]] json::writer* begin(const context& of, const detail::upload_type& type,
                                    std::string_view op) noexcept;
  void end(json::writer& out) noexcept;

  page* page_;
  intrusive_list<upload> files_;    // in the order of their preflights
  intrusive_list<upload> orphans_;  // of stores that are gone
  work_mail work_mail_;
  std::uint16_t count_ = 0;
};

template <class Call>
auto upload_table::call(const upload& file, Call&& function) noexcept {
  context& owner = *file.owner_;
  const detail::upload_type& type = *file.type_;
  page_->busy();
  auto answer = function();  // the file may be gone now
  type.mark(owner);
  page_->idle();
  if constexpr (is_result<decltype(answer)>) {
    failed(answer.error());
  } else {
    failed(answer);
  }
  return answer;
}

}  // namespace musubi
