#include <cstring>
#include <iterator>

#include <musubi/store/internal/node.hpp>
#include <musubi/store/page/internal/outgoing.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

upload_table::~upload_table() {
  if (work_mail_.posted) page_->withdraw(work_mail_);
  while (!files_.empty()) remove(files_.front());
  while (!orphans_.empty()) remove(orphans_.front());
}

void upload_table::announce(const context& of, const detail::upload_list& list) noexcept {
  for (const detail::upload_type& each : list.types) {
    json::writer* out = begin(of, each, "config");
    if (out == nullptr) return;
    out->raw(",\"config\":");
    each.write_config(*out, services().chunk_bytes);
    end(*out);
  }
}

json::writer* upload_table::begin(const context& of, const detail::upload_type& type,
                                  std::string_view op) noexcept {
  auto* queue = page_->said();
  json::writer* out = queue->begin(outgoing::kind::upload, of.store_id(), 0);
  if (out == nullptr) return nullptr;
  out->raw("{\"op\":\"");
  out->raw(op);
  out->raw("\",\"upload\":\"");
  out->raw(type.name);
  out->raw("\",\"store_id\":[");
  out->raw(of.store_id());
  out->raw(']');
  return out;
}

void upload_table::end(json::writer& out) noexcept {
  out.raw('}');
  page_->said()->end();
}

// --- files ---

upload* upload_table::make(context& owner, const detail::upload_type& type, std::string_view name,
                           std::string_view mime, std::uint64_t size, upload_problem& why,
                           std::string_view& message) noexcept {
  const upload_services& from = services();
  why = upload_problem::preflight_rejected;
  if (name.size() + mime.size() > from.name_bytes) {
    message = "file name too long";
    return nullptr;
  }
  if (count_ >= from.per_page) {
    message = "pool exhausted: uploads_per_page";
    return nullptr;
  }
  const share_keeper* const shares = page_->resources().shares;
  const share_end end = take_share(shares, page_->sink(), shared_pool::uploads);
  if (end != share_end::none) {
    message = end == share_end::of_peer ? std::string_view("pool exhausted: uploads_per_peer")
                                        : "pool exhausted: uploads_per_connection";
    return nullptr;
  }
  void* const block = from.files->allocate();
  if (block == nullptr) {
    give_share(shares, page_->sink(), shared_pool::uploads);
    message = "pool exhausted: uploads";
    return nullptr;
  }
  why = upload_problem::none;
  auto* const made = new (block) upload(*this, owner, type);
  auto* const behind = static_cast<std::byte*>(block) + sizeof(upload);
  made->meta_ = behind;
  made->names_ = reinterpret_cast<char*>(behind) + from.meta_bytes;
  made->name_size_ = static_cast<std::uint16_t>(name.size());
  made->type_size_ = static_cast<std::uint16_t>(mime.size());
  if (!name.empty()) std::memcpy(made->names_, name.data(), name.size());
  if (!mime.empty()) std::memcpy(made->names_ + name.size(), mime.data(), mime.size());
  made->client_size_ = size;

  std::uint8_t random[8];
  from.port->entropy(std::as_writable_bytes(std::span(random)));
  made->ref_[0] = 'u';
  made->ref_[1] = '_';
  static_assert(upload::ref_bytes == 2 + net::encoded_base64url_size(sizeof random));
  (void)net::encode_base64url(random, std::span(made->ref_).subspan(2));
  files_.push_back(*made);
  ++count_;
  return made;
}

void upload_table::remove(upload& gone) noexcept {
  gone.unlink();
  --count_;
  destroy_in(*services().files, &gone);
  give_share(page_->resources().shares, page_->sink(), shared_pool::uploads);
}

upload* upload_table::find(std::string_view ref) noexcept {
  for (upload& each : files_) {
    if (each.ref() == ref) return &each;
  }
  return nullptr;
}

std::size_t upload_table::count(const context& of, const char* type) noexcept {
  std::size_t found = 0;
  for (upload& each : files_) found += each.owner_ == &of && each.type_->key == type ? 1U : 0U;
  return found;
}

void upload_table::forget(const context& gone) noexcept {
  for (auto at = files_.begin(); at != files_.end();) {
    upload& each = *at;
    ++at;
    if (each.owner_ != &gone) continue;
    each.orphan();
    each.unlink();
    orphans_.push_back(each);
  }
  if (!orphans_.empty()) schedule();  // an envelope is being written: no line can be closed now
}

// --- for stores ---

upload_entry* upload_table::next(const context& of, const char* type,
                                 const upload_entry* after) noexcept {
  bool reached = after == nullptr;
  for (upload& each : files_) {
    if (reached && each.owner_ == &of && each.type_->key == type) return &each;
    if (&each == after) reached = true;
  }
  return nullptr;
}

void upload_table::consumed(upload_entry& file) noexcept {
  remove(static_cast<upload&>(file));
}

void upload_table::cancel(upload_entry& file) noexcept {
  auto& gone = static_cast<upload&>(file);
  json::writer* out = begin(*gone.owner_, *gone.type_, "cancel");
  if (out != nullptr) {
    out->raw(",\"ref\":\"");
    out->raw(gone.ref());
    out->raw('"');
    end(*out);
  }
  remove(gone);
}

void upload_table::settle(const context& of, const char* type) noexcept {
  const auto* list = node::of(of).uploads();
  if (list == nullptr || count(of, type) != 0) return;
  for (const detail::upload_type& each : list->types) {
    if (each.key != type) continue;
    json::writer* out = begin(of, each, "reset");
    if (out != nullptr) end(*out);
  }
}

// --- what sub-channels ask of the page ---

upload* upload_table::first_due() noexcept {
  for (upload& each : files_) {
    if (each.due()) return &each;
  }
  return nullptr;
}

void upload_table::work_due() noexcept {
  if (page_->failed()) return;
  if (!page_->must_wait()) return serve();
  schedule();
}

void upload_table::schedule() noexcept {
  if (work_mail_.posted) return;
  work_mail_.posted = true;
  work_mail_.table = this;
  work_mail_.handle = [](mail& self, page&) noexcept {
    auto& done = static_cast<work_mail&>(self);
    done.posted = false;
    done.table->serve();
  };
  work_mail_.discard = [](mail&) noexcept {};  // it is the table's own
  page_->post(work_mail_);
}

void upload_table::serve() noexcept {
  while (!orphans_.empty()) remove(orphans_.front());
  // searched again each time, because a store's function may remove any file
  while (upload* next = first_due()) {
    next->serve();
    if (page_->failed()) return;
  }
  page_->after_message();
}

upload_grant upload_table::grant_of(const upload& file) const noexcept {
  return {.module = page_->module(),
          .id = page_->sink().id(),
          .store_id = file.owner_->store_id(),
          .name = file.type_->name,
          .ref = file.ref(),
          .client_size = file.client_size(),
          .max_file_size = file.type_->max_file_size,
          .chunk_size = file.type_->chunk_size,
          .chunk_timeout = file.type_->chunk_timeout,
          .expires = file.expires_};
}

const net::hmac_key& upload_table::key() noexcept {
  upload_services& shared = services();
  if (!shared.has_key) shared.port->entropy(std::as_writable_bytes(std::span(shared.key)));
  shared.has_key = true;
  return shared.key;
}

}  // namespace musubi
