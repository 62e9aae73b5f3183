#pragma once
/// One GET request, for what a server offers beside its socket.

#include <string>
#include <string_view>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/net/connector.hpp>

namespace musubi::tool {

/// What is asked for.
struct http_request {
  std::string host;  ///< as in the URL: "192.0.2.7:4000"
  std::string path;
  std::string token = {};  ///< sent as a bearer's, if there is one
  duration timeout = std::chrono::seconds(10);
};

/// Asks once, and calls `done` when there is an answer or none will come.
class http_get final : net::stream_user {
 public:
  /// `done` is called with `user`, once. All must outlive this object.
  http_get(runtime& loop, net::connector& network, const http_request& wanted, void (*done)(void*),
           void* user);
  ~http_get();
  http_get(const http_get&) = delete;
  http_get& operator=(const http_get&) = delete;

  /// Why there is no answer, as a sentence; empty if there is one.
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] const std::string& body() const noexcept { return body_; }

 private:
  void on_readable() noexcept override;
  void on_writable() noexcept override;
  void begin() noexcept;
  void late() noexcept { end("the server did not answer in time"); }
  void end(std::string_view problem) noexcept;
  /// Ends with what has come; `closed` if nothing more will.
  void look(bool closed) noexcept;

  runtime& loop_;
  net::connector& network_;
  void (*done_)(void*);
  void* user_of_this_;
  net::stream* stream_ = nullptr;
  std::string out_;
  std::string in_;
  std::string body_;
  std::string problem_;
  int status_ = 0;
  member_job<&http_get::begin> begin_job_{*this};
  member_job<&http_get::late> late_job_{*this};
  timer late_{late_job_};
};

}  // namespace musubi::tool
