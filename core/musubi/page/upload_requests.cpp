/// What browsers ask about uploads on a root's channel.
#include <cstring>

#include <musubi/page/node_tree.hpp>
#include <musubi/page/upload_table.hpp>

namespace musubi {

/// A request, and what it is about.
struct upload_table::request {
  std::string_view ref;  ///< to be answered
  json::value said;
  context* store = nullptr;
  const detail::upload_type* type = nullptr;
  std::string_view file;  ///< its ref, where one is named

  /// A string, or nothing.
  [[nodiscard]] std::string_view text(std::string_view key) const noexcept {
    return said.member(key).string().value_or(std::string_view());
  }
};

/// What becomes of one file of a preflight.
struct upload_table::verdict {
  upload* accepted = nullptr;
  upload_problem why = upload_problem::none;
  std::string_view message;
};

namespace {

/// A request that waits for its page; its texts follow in the same block.
struct upload_mail : mail {
  upload_table* table = nullptr;
  upload_event what{};
  std::string_view ref;
  std::string_view payload;
};

}  // namespace

void upload_table::receive(upload_event what, std::string_view ref,
                           std::string_view payload) noexcept {
  if (page_->failed()) return;
  if (page_->must_wait()) return enqueue(what, ref, payload);
  run(what, ref, payload);
}

void upload_table::enqueue(upload_event what, std::string_view ref,
                           std::string_view payload) noexcept {
  mail_pools& pools = *page_->resources().mail;
  if (!page_->has_room()) return page_->refuse_exhausted(ref, "mailbox");
  void* memory = pools.allocate(sizeof(upload_mail) + ref.size() + payload.size());
  if (memory == nullptr) return page_->refuse_exhausted(ref, "mail");
  auto& copy = *new (memory) upload_mail;
  char* at = reinterpret_cast<char*>(&copy + 1);
  copy.table = this;
  copy.what = what;
  if (!ref.empty()) std::memcpy(at, ref.data(), ref.size());
  copy.ref = {at, ref.size()};
  at += ref.size();
  std::memcpy(at, payload.data(), payload.size());
  copy.payload = {at, payload.size()};
  copy.handle = [](mail& self, page&) noexcept {
    const auto& asked = static_cast<upload_mail&>(self);
    asked.table->run(asked.what, asked.ref, asked.payload);
  };
  copy.discard = [](mail& self) noexcept { mail_pools::deallocate(&self); };
  page_->post(copy);
}

void upload_table::run(upload_event what, std::string_view ref, std::string_view payload) noexcept {
  arena& memory = *page_->resources().decode;
  request asked;
  asked.ref = ref;
  if (json::parse_scanned(payload, memory, asked.said) != json::parse_error::none) {
    page_->refuse_exhausted(ref, "decode");
  } else if (resolve(asked)) {
    asked.file = asked.text("ref");
    if (what == upload_event::allow_upload) {
      allow(asked);
    } else if (asked.file.empty()) {
      page_->refuse(ref, "missing required field");
    } else if (what == upload_event::cancel_upload) {
      upload* const file = find(asked.file);
      if (file != nullptr && file->owner_ == asked.store && file->type_ == asked.type) {
        cancel(*file);
      }
      reply_ok(ref);
    } else if (what == upload_event::upload_progress) {
      external_progress(asked);
    } else {
      external_error(asked);
    }
  }
  memory.reset();
  if (!page_->failed()) page_->after_message();
}

void upload_table::reply_ok(std::string_view ref) noexcept {
  page_->sink().begin_reply(ref, true);
  page_->sink().out().raw("{}");
  page_->sink().end_reply();
}

bool upload_table::resolve(request& asked) noexcept {
  const std::string_view name = asked.text("name");
  if (name.empty()) {
    page_->refuse(asked.ref, "missing required field");
    return false;
  }
  asked.store = store_at(asked.said.member("store_id"));
  if (asked.store == nullptr) {
    page_->refuse(asked.ref, "unknown store");
    return false;
  }
  if (const auto* list = asked.store->find<const detail::upload_list>()) {
    for (const detail::upload_type& each : list->types) {
      if (each.name == name) asked.type = &each;
    }
  }
  if (asked.type == nullptr) page_->refuse(asked.ref, "unknown upload");
  return asked.type != nullptr;
}

context* upload_table::store_at(json::value store_id) noexcept {
  // what is no array names the root (contract section 10.3)
  if (!store_id || !store_id.is_array() || !store_id.first()) return page_;
  auto* tree = static_cast<context&>(*page_).find<node_tree>();
  if (tree == nullptr) return nullptr;
  store_path path;
  for (json::value each = store_id.first(); each; each = each.next()) {
    char digits[json::number_bytes];
    json::buffer_output number(digits, sizeof digits);
    std::optional<std::string_view> segment = each.string();
    if (const auto whole = each.integer(); whole && !segment) {
      json::writer(number).number(*whole);
      segment = number.view();
    }
    if (!segment || !path.push(*segment)) return nullptr;
  }
  return tree->at(path.view());
}

upload_table::verdict upload_table::judge(const request& asked, json::value file) noexcept {
  const auto client_ref = file.member("client_ref").string();
  const auto name = file.member("name").string();
  const auto size = file.member("size").integer();
  const detail::upload_type& type = *asked.type;
  verdict made;
  if (!client_ref || client_ref->empty() || !name || name->empty() || !size || *size < 0) {
    made.why = upload_problem::preflight_rejected;
  } else if (count(*asked.store, type.key) >= type.max_entries) {
    made.why = upload_problem::too_many_files;
  } else if (static_cast<std::uint64_t>(*size) > type.max_file_size) {
    made.why = upload_problem::too_large;
  } else if (!type.accepts(*name)) {
    made.why = upload_problem::not_accepted;
  } else {
    made.accepted =
        make(*asked.store, type, *name, file.member("type").string().value_or(std::string_view()),
             static_cast<std::uint64_t>(*size), made.why, made.message);
  }
  if (made.accepted == nullptr || type.external == nullptr) return made;
  upload& fresh = *made.accepted;
  const status answer =
      call(fresh, [&] { return type.external(*fresh.owner_, fresh, fresh.meta_); });
  if (answer.ok()) return made;
  remove(fresh);
  return {nullptr, upload_problem::preflight_rejected, answer.reason()};
}

void upload_table::allow(const request& asked) noexcept {
  std::size_t files = 0;
  const json::value entries = asked.said.member("entries");
  if (entries && entries.is_array()) {
    for (json::value each = entries.first(); each; each = each.next()) ++files;
  }
  void* const memory = page_->resources().decode->allocate(files * sizeof(verdict));
  if (memory == nullptr) return page_->refuse_exhausted(asked.ref, "decode");
  auto* const verdicts = static_cast<verdict*>(memory);
  json::value each = files == 0 ? json::value() : entries.first();
  for (std::size_t i = 0; i < files; ++i, each = each.next()) {
    new (verdicts + i) verdict(judge(asked, each));
    if (page_->failed()) return;
  }
  answer_allow(asked, verdicts);
}

void upload_table::answer_allow(const request& asked, const verdict* verdicts) noexcept {
  const detail::upload_type& type = *asked.type;
  const json::value entries = asked.said.member("entries");
  const json::value first = entries && entries.is_array() ? entries.first() : json::value();
  page_->sink().begin_reply(asked.ref, true);
  json::writer& out = page_->sink().out();
  out.raw("{\"ref\":\"");
  out.raw(type.name);
  out.raw("\",\"config\":");
  type.write_config(out, services().chunk_bytes);
  out.raw(",\"entries\":");
  char before = '{';
  const verdict* at = verdicts;
  for (json::value each = first; each; each = each.next(), ++at) {
    if (at->accepted == nullptr) continue;
    const upload& file = *at->accepted;
    out.raw(before);
    before = ',';
    out.string(*each.member("client_ref").string());
    out.raw(type.external == nullptr ? std::string_view(":{\"type\":\"channel\",\"entry_ref\":\"")
                                     : ":{\"type\":\"external\",\"entry_ref\":\"");
    out.raw(file.ref());
    if (type.external == nullptr) {
      const upload_token token = sign(key(), grant_of(file));
      out.raw("\",\"token\":\"");
      out.raw({token.data(), token.size()});
      out.raw("\"}");
    } else {
      out.raw("\",\"uploader\":");
      out.string(type.uploader);
      out.raw(",\"meta\":");
      type.write_meta(out, file.meta_);
      out.raw('}');
    }
  }
  out.raw(before == '{' ? std::string_view("{},\"errors\":[") : "},\"errors\":[");
  bool refused = false;
  at = verdicts;
  for (json::value each = first; each; each = each.next(), ++at) {
    if (at->accepted != nullptr) continue;
    if (refused) out.raw(',');
    refused = true;
    out.raw("{\"client_ref\":");
    out.string(each.member("client_ref").string().value_or(std::string_view()));
    out.raw(",\"error\":{\"code\":\"");
    out.raw(detail::code_of(at->why));
    out.raw("\",\"message\":");
    out.string(at->message.empty() ? detail::message_of(at->why) : at->message);
    out.raw("}}");
  }
  out.raw("]}");
  page_->sink().end_reply();
  at = verdicts;
  for (json::value each = first; each; each = each.next(), ++at) {
    if (at->accepted != nullptr) announce(*at->accepted);
  }
}

void upload_table::announce(const upload& file) noexcept {
  json::writer* out = begin(*file.owner_, *file.type_, "add");
  if (out == nullptr) return;
  out->raw(",\"ref\":\"");
  out->raw(file.ref());
  out->raw("\",\"entry\":{\"ref\":\"");
  out->raw(file.ref());
  out->raw("\",\"client_name\":");
  out->string(file.client_name());
  out->raw(",\"client_size\":");
  out->number(file.client_size());
  out->raw(",\"client_type\":");
  out->string(file.client_type());
  out->raw(",\"progress\":0,\"status\":\"pending\",\"errors\":[]}");
  end(*out);
}

// Files that come over the channel tell their own progress: a browser cannot (contract 10.4).

void upload_table::external_progress(const request& asked) noexcept {
  upload* const file = find(asked.file);
  if (file == nullptr || file->owner_ != asked.store || file->type_ != asked.type ||
      asked.type->external == nullptr) {
    return page_->refuse(asked.ref, "internal error");
  }
  reply_ok(asked.ref);
  if (file->finished()) return;
  const std::int64_t said = asked.said.member("progress").integer().value_or(0);
  const auto percent = static_cast<std::uint8_t>(said < 0 ? 0 : said > 100 ? 100 : said);
  file->progressed(percent);
  if (percent == 100) file->completed();
  file->call_progress();
}

void upload_table::external_error(const request& asked) noexcept {
  upload* const file = find(asked.file);
  if (file == nullptr || file->owner_ != asked.store || file->type_ != asked.type ||
      asked.type->external == nullptr) {
    return page_->refuse(asked.ref, "internal error");
  }
  reply_ok(asked.ref);
  if (!file->finished()) file->failed(upload_problem::external_failed, asked.text("message"));
}

}  // namespace musubi
