/// What browsers ask about uploads on a root's channel.
#include <bit>
#include <cstring>
#include <iterator>
#include <optional>

#include <musubi/json/internal/members.hpp>
#include <musubi/schema/key_fault.hpp>
#include <musubi/store/child/internal/node_tree.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

/// A request, and what it is about.
struct upload_table::request {
  std::string_view ref;     ///< to be answered
  std::span<char> payload;  ///< in which its strings are decoded, each once
  context* store = nullptr;
  const detail::upload_type* type = nullptr;
  std::string_view file;      ///< its ref, where one is named
  std::string_view entries;   ///< JSON text
  std::string_view progress;  ///< JSON text
  std::string_view message;

  /// A string; nothing if `json` is none.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view json) const noexcept {
    const auto found = json::reader(json).string();
    return found ? std::optional(found->decode_in(payload)) : std::nullopt;
  }
};

/// What becomes of one file of a preflight.
struct upload_table::verdict {
  std::string_view client_ref;
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
  std::span<char> payload;
};

/// The whole number that `json` is, if it is one.
std::optional<std::int64_t> integer(std::string_view json) noexcept {
  return json::reader(json).integer();
}

}  // namespace

void upload_table::receive(upload_event what, std::string_view ref,
                           std::span<char> payload) noexcept {
  if (page_->failed()) return;
  if (page_->must_wait()) return enqueue(what, ref, payload);
  run(what, ref, payload);
}

void upload_table::enqueue(upload_event what, std::string_view ref,
                           std::span<char> payload) noexcept {
  mail_pools& pools = *page_->resources().mail;
  if (!page_->has_room()) return page_->refuse(ref, exhausted("mailbox"));
  void* memory = pools.allocate(sizeof(upload_mail) + ref.size() + payload.size());
  if (memory == nullptr) return page_->refuse(ref, exhausted("mail"));
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

void upload_table::run(upload_event what, std::string_view ref, std::span<char> payload) noexcept {
  request asked;
  asked.ref = ref;
  asked.payload = payload;
  if (resolve(asked)) {
    if (what == upload_event::allow_upload) {
      if (is_allowed(asked)) allow(asked);
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
  if (!page_->failed()) page_->after_message();
}

void upload_table::reply_ok(std::string_view ref) noexcept {
  page_->sink().begin_reply(ref, true);
  page_->sink().out().raw("{}");
  page_->sink().end_reply();
}

bool upload_table::resolve(request& asked) noexcept {
  static constexpr std::string_view names[] = {"name",    "store_id", "ref",
                                               "entries", "progress", "message"};
  std::string_view values[std::size(names)];
  std::uint32_t twice = 0;
  json::reader from({asked.payload.data(), asked.payload.size()});
  (void)json::find_members(from, names, values, twice);
  if (twice != 0) {
    decode_error error;
    (void)error.expect(detail::given_once);
    (void)error.within(names[std::countr_zero(twice)]);
    page_->refuse(asked.ref, error.refused_as("invalid payload"));
    return false;
  }
  const std::string_view name = asked.text(values[0]).value_or(std::string_view());
  if (name.empty()) {
    page_->refuse(asked.ref, "missing required field");
    return false;
  }
  asked.store = store_at(values[1]);
  if (asked.store == nullptr) {
    page_->refuse(asked.ref, "unknown store");
    return false;
  }
  if (const auto* list = node::of(*asked.store).uploads()) {
    for (const detail::upload_type& each : list->types) {
      if (each.name == name) asked.type = &each;
    }
  }
  if (asked.type == nullptr) page_->refuse(asked.ref, "unknown upload");
  asked.file = asked.text(values[2]).value_or(std::string_view());
  asked.entries = values[3];
  asked.progress = values[4];
  asked.message = asked.text(values[5]).value_or(std::string_view());
  return asked.type != nullptr;
}

context* upload_table::store_at(std::string_view store_id) noexcept {
  // what is not an array names the root (contract section 10.3)
  json::reader from(store_id);
  if (from.next() != json::value_kind::array) return &page_->root();
  store_path path;
  const bool fits = from.elements([&]() noexcept {
    if (const auto segment = from.string()) return path.push(*segment);
    const auto whole = from.integer();
    if (!whole) return false;
    char digits[json::number_bytes];
    json::buffer_output number(digits, sizeof digits);
    json::writer(number).number(*whole);
    return path.push(number.view());
  });
  if (!fits) return nullptr;
  if (path.view().empty()) return &page_->root();
  auto* tree = page_->tree();
  return tree == nullptr ? nullptr : tree->at(path.view());
}

upload_table::verdict upload_table::judge(const request& asked, std::string_view entry) noexcept {
  static constexpr std::string_view names[] = {"client_ref", "name", "size", "type"};
  std::string_view values[std::size(names)];
  std::uint32_t twice = 0;
  json::reader from(entry);
  (void)json::find_members(from, names, values, twice);
  const auto client_ref = asked.text(values[0]);
  const auto name = asked.text(values[1]);
  const auto size = integer(values[2]);
  const detail::upload_type& type = *asked.type;
  verdict made;
  made.client_ref = client_ref.value_or(std::string_view());
  if (twice != 0 || !client_ref || client_ref->empty() || !name || name->empty() || !size ||
      *size < 0) {
    made.why = upload_problem::preflight_rejected;
  } else if (count(*asked.store, type.key) >= type.max_entries) {
    made.why = upload_problem::too_many_files;
  } else if (static_cast<std::uint64_t>(*size) > type.max_file_size) {
    made.why = upload_problem::too_large;
  } else if (!type.accepts(*name)) {
    made.why = upload_problem::not_accepted;
  } else {
    made.accepted =
        make(*asked.store, type, *name, asked.text(values[3]).value_or(std::string_view()),
             static_cast<std::uint64_t>(*size), made.why, made.message);
  }
  if (made.accepted == nullptr || type.external == nullptr) return made;
  upload& fresh = *made.accepted;
  const status answer =
      call(fresh, [&] { return type.external(*fresh.owner_, fresh, fresh.meta_); });
  if (answer.ok()) return made;
  remove(fresh);
  made.accepted = nullptr;
  made.why = upload_problem::preflight_rejected;
  made.message = page_->resources().decode->copy(answer.reason());
  return made;
}

bool upload_table::is_allowed(const request& asked) noexcept {
  if (asked.type->missing == nullptr) return true;
  const std::string_view missing = asked.type->missing(*asked.store);
  if (missing.empty()) return true;
  page_->refuse(asked.ref, refusal("forbidden", nullptr, missing));
  if (telemetry* to = page_->resources().observed.listener()) {
    to->on_auth_deny({event_source::of(*asked.store), asked.type->name});
  }
  return false;
}

void upload_table::allow(const request& asked) noexcept {
  std::size_t files = 0;
  json::reader counted(asked.entries);
  (void)counted.elements([&]() noexcept {
    ++files;
    return counted.skip();
  });
  arena& memory = *page_->resources().decode;
  auto* const verdicts = static_cast<verdict*>(memory.allocate(files * sizeof(verdict)));
  if (verdicts == nullptr) {
    page_->refuse(asked.ref, exhausted("decode"));
  } else {
    std::size_t judged = 0;
    json::reader entries(asked.entries);
    (void)entries.elements([&]() noexcept {
      new (verdicts + judged++) verdict(judge(asked, entries.raw()));
      return !page_->failed();
    });
    if (!page_->failed()) answer_allow(asked, {verdicts, files});
  }
  memory.reset();
}

void upload_table::answer_allow(const request& asked, std::span<const verdict> verdicts) noexcept {
  const detail::upload_type& type = *asked.type;
  page_->sink().begin_reply(asked.ref, true);
  json::writer& out = page_->sink().out();
  out.raw("{\"ref\":\"");
  out.raw(type.name);
  out.raw("\",\"config\":");
  type.write_config(out, services().chunk_bytes);
  out.raw(",\"entries\":");
  char before = '{';
  for (const verdict& each : verdicts) {
    if (each.accepted == nullptr) continue;
    const upload& file = *each.accepted;
    out.raw(before);
    before = ',';
    out.string(each.client_ref);
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
  for (const verdict& each : verdicts) {
    if (each.accepted != nullptr) continue;
    if (refused) out.raw(',');
    refused = true;
    out.raw("{\"client_ref\":");
    out.string(each.client_ref);
    out.raw(",\"error\":{\"code\":\"");
    out.raw(detail::code_of(each.why));
    out.raw("\",\"message\":");
    out.string(each.message.empty() ? detail::message_of(each.why) : each.message);
    out.raw("}}");
  }
  out.raw("]}");
  page_->sink().end_reply();
  for (const verdict& each : verdicts) {
    if (each.accepted != nullptr) announce(*each.accepted);
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
  const std::int64_t said = integer(asked.progress).value_or(0);
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
  if (!file->finished()) file->failed(upload_problem::external_failed, asked.message);
}

}  // namespace musubi
