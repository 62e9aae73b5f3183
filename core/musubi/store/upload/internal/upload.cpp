#include <new>

#include <musubi/store/page/internal/outgoing.hpp>
#include <musubi/store/page/internal/page.hpp>
#include <musubi/store/upload/internal/upload.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

namespace {

/// What the browser is told on the sub-channel (contract section 10.3).
std::string_view reason_of(upload_problem why) noexcept {
  if (why == upload_problem::chunk_too_large) return "chunk too large";
  if (why == upload_problem::too_large) return "upload too large";
  return "write failed";
}

}  // namespace

upload::upload(upload_table& table, context& owner, const detail::upload_type& type) noexcept
    : table_(&table), owner_(&owner), type_(&type) {
  if (type.open == nullptr) return;
  watch(upload_services::token_lifetime);
  expires_ = table.page_->now() + upload_services::token_lifetime;
}

upload::~upload() {
  if (owner_ != nullptr) orphan();
  close_line();
}

void upload::orphan() noexcept {
  if (auto* out = table_->page_->said()) out->withdraw(*this);
  owner_ = nullptr;
  status_ = upload_status::error;
  request_ = request::none;
  timer_.cancel();
  release_sink();
}

void* upload::line_memory() noexcept {
  const upload_services& services = table_->services();
  auto* const end = reinterpret_cast<std::byte*>(this) + services.files->block_bytes();
  return end - services.line_bytes;
}

bool upload::admits(std::string_view token) noexcept {
  return type_->open != nullptr && status_ == upload_status::pending && line_ == nullptr &&
         table_->page_->now() < expires_ &&
         token_matches(token, table_->key(), table_->grant_of(*this));
}

void upload::watch(duration limit) noexcept {
  table_->page_->resources().host->arm_after(timer_, limit);
}

void upload::join(upload_line& line, std::string_view ref) noexcept {
  line_ = &line;
  (void)ref_of_request_.assign(ref);
  request_ = request::join;
  timer_.cancel();
  table_->work_due();
}

upload_problem upload::check(std::size_t bytes) const noexcept {
  const std::uint32_t most = table_->services().chunk_bytes;
  if (bytes > (type_->chunk_size < most ? type_->chunk_size : most)) {
    return upload_problem::chunk_too_large;
  }
  return bytes > client_size_ - received_ ? upload_problem::too_large : upload_problem::none;
}

template <class Call>
void upload::feed(Call&& call) noexcept {
  sink_said_ = upload_step::later;
  feeding_ = true;
  const upload_step step = call(*sink_);
  feeding_ = false;
  if (step != upload_step::later) sink_said_ = step;  // or it has settled meanwhile
  sink_busy_ = sink_said_ == upload_step::later;
}

void upload::settled(bool well) noexcept {
  if (sink_said_ != upload_step::later) return;
  sink_said_ = well ? upload_step::done : upload_step::failed;
  if (feeding_) return;
  sink_busy_ = false;
  timer_.cancel();
  table_->work_due();
}

void upload::chunk(std::string_view ref, std::span<const std::byte> bytes) noexcept {
  if (owner_ == nullptr) return close_line();
  if (finished()) {  // an empty file was finished when it was joined
    if (bytes.empty()) {
      line_->reply_progress(ref, 100);
    } else {
      line_->refuse(ref, reason_of(upload_problem::too_large));
    }
    return close_line();
  }
  if (request_ != request::none) {  // it did not wait for our answer, which is slow to come
    line_->refuse(ref, reason_of(upload_problem::internal));
    return failed(upload_problem::internal);
  }
  (void)ref_of_request_.assign(ref);
  request_ = request::chunk;
  timer_.cancel();
  problem_ = check(bytes.size());
  if (problem_ == upload_problem::none) {
    received_ += bytes.size();
    feed([&](upload_sink& sink) noexcept { return sink.write(bytes); });
    if (sink_busy_) return watch(type_->chunk_timeout);
  }
  table_->work_due();
}

void upload::serve() noexcept {
  if (request_ == request::join) return serve_join();
  serve_bytes();
}

void upload::serve_join() noexcept {
  request_ = request::none;
  const result<upload_sink*> opened =
      table_->call(*this, [&] { return type_->open(*owner_, *this); });
  if (!opened.ok() || *opened == nullptr) {
    line_->refuse(ref_of_request_, reason_of(upload_problem::internal));
    return failed(upload_problem::internal,
                  opened.ok() ? std::string_view() : opened.error().reason());
  }
  sink_ = *opened;
  sink_->waited_for_by(this);
  joined_ = true;
  line_->reply_joined(ref_of_request_);
  if (client_size_ != 0) return watch(type_->chunk_timeout);
  request_ = request::end;
  serve_bytes();
}

void upload::serve_bytes() noexcept {
  if (received_ == client_size_ && !ended_ && problem_ == upload_problem::none &&
      sink_said_ == upload_step::done) {
    ended_ = true;
    feed([](upload_sink& sink) noexcept { return sink.finish(); });
    if (sink_busy_) return watch(type_->chunk_timeout);
  }
  if (sink_said_ == upload_step::failed) problem_ = upload_problem::internal;
  const bool asked = request_ == request::chunk;
  request_ = request::none;
  if (problem_ != upload_problem::none) {
    if (asked) line_->refuse(ref_of_request_, reason_of(problem_));
    const bool by_sink = sink_said_ == upload_step::failed;
    return failed(problem_, by_sink ? sink_->reason() : std::string_view());
  }
  const auto percent =
      static_cast<std::uint8_t>(client_size_ == 0 ? 100 : received_ * 100 / client_size_);
  if (asked) line_->reply_progress(ref_of_request_, percent);
  progressed(percent);
  if (!ended_) {
    watch(type_->chunk_timeout);
  } else {
    completed();
    // of an empty file some browsers send an empty chunk, and others none: the former is waited for
    asked ? close_line() : watch(type_->chunk_timeout);
  }
  call_progress();
}

void upload::call_progress() noexcept {
  if (type_->progress == nullptr) return;
  (void)table_->call(*this, [&] { return type_->progress(*owner_, *this); });
}

void upload::expire() noexcept {
  if (line_ == nullptr)
    return table_->cancel(*this);  // nobody came: its token is worth nothing now
  if (finished()) return close_line();
  if (!sink_busy_) return failed(upload_problem::chunk_timeout);
  if (request_ == request::chunk) {
    line_->refuse(ref_of_request_, reason_of(upload_problem::internal));
  }
  failed(upload_problem::internal);
}

void upload::left() noexcept {
  line_ = nullptr;
  if (finished()) return timer_.cancel();
  table_->cancel(*this);
}

void upload::progressed(std::uint8_t percent) noexcept {
  progress_ = percent;
  if (percent != 0) status_ = upload_status::uploading;
  if (auto* out = table_->page_->said()) out->queue(owner_->store_id(), *this);
}

void upload::completed() noexcept {
  status_ = upload_status::success;
  json::writer* out = table_->begin(*owner_, *type_, "complete");
  if (out == nullptr) return;
  out->raw(",\"ref\":\"");
  out->raw(ref());
  out->raw('"');
  table_->end(*out);
}

void upload::failed(upload_problem why, std::string_view message) noexcept {
  status_ = upload_status::error;
  request_ = request::none;
  sink_busy_ = false;
  timer_.cancel();
  release_sink();
  close_line();
  json::writer* out = table_->begin(*owner_, *type_, "error");
  if (out == nullptr) return;
  out->raw(",\"ref\":\"");
  out->raw(ref());
  out->raw("\",\"error\":{\"code\":\"");
  out->raw(detail::code_of(why));
  out->raw("\",\"message\":");
  out->string(message.empty() ? detail::message_of(why) : message);
  out->raw('}');
  table_->end(*out);
}

void upload::close_line() noexcept {
  upload_line* const line = line_;
  line_ = nullptr;
  timer_.cancel();
  if (line != nullptr) line->close(joined_);
}

void upload::release_sink() noexcept {
  if (sink_ == nullptr) return;
  sink_->waited_for_by(nullptr);
  sink_->release();
  sink_ = nullptr;
}

bool upload::leaves(time_point now) noexcept {
  if (told_once_ && now - told_ < upload_services::progress_interval) return false;
  told_once_ = true;
  told_ = now;
  return true;
}

void upload::write(json::writer& out) const noexcept {
  out.raw("{\"op\":\"progress\",\"upload\":\"");
  out.raw(type_->name);
  out.raw("\",\"store_id\":[");
  out.raw(owner_->store_id());
  out.raw("],\"ref\":\"");
  out.raw(ref());
  out.raw("\",\"progress\":");
  out.number(progress_);
  out.raw('}');
}

}  // namespace musubi
