#include <array>
#include <cstddef>
#include <optional>

#include <musubi/json/document.hpp>
#include <musubi/json/internal/item_text.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::json {

namespace {

/// The items were made in an arena of ours, and are constant only to the users of `value`.
cJSON* changeable(const value& of) noexcept {
  return const_cast<cJSON*>(of.item());
}

/// One step of a JSON pointer (RFC 6901): `~1` is a slash, `~0` a tilde.
class token {
 public:
  explicit token(std::string_view spelt) noexcept : spelt_(spelt) {}

  [[nodiscard]] bool well_formed() const noexcept {
    for (std::size_t i = 0; i < spelt_.size(); ++i) {
      if (spelt_[i] != '~') continue;
      if (i + 1 == spelt_.size() || (spelt_[i + 1] != '0' && spelt_[i + 1] != '1')) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t count = spelt_.size();
    for (const char each : spelt_) count -= each == '~' ? 1 : 0;
    return count;
  }
  void decode(char* into) const noexcept {
    for (std::size_t i = 0; i < spelt_.size(); ++i) {
      const bool escape = spelt_[i] == '~';
      if (escape) ++i;
      *into++ = !escape ? spelt_[i] : spelt_[i] == '0' ? '~' : '/';
    }
  }
  [[nodiscard]] bool is(std::string_view key) const noexcept {
    if (size() != key.size()) return false;
    std::size_t at = 0;
    for (std::size_t i = 0; i < spelt_.size(); ++i) {
      const bool escape = spelt_[i] == '~';
      if (escape) ++i;
      const char meant = !escape ? spelt_[i] : spelt_[i] == '0' ? '~' : '/';
      if (key[at++] != meant) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_end() const noexcept { return spelt_ == "-"; }
  /// Decimal without sign, spaces or leading zeros.
  [[nodiscard]] std::optional<std::size_t> index() const noexcept {
    if (spelt_.empty() || spelt_.size() > 9 || (spelt_[0] == '0' && spelt_.size() > 1)) {
      return std::nullopt;
    }
    std::size_t number = 0;
    for (const char each : spelt_) {
      if (each < '0' || each > '9') return std::nullopt;
      number = number * 10 + static_cast<std::size_t>(each - '0');
    }
    return number;
  }

 private:
  std::string_view spelt_;
};

bool is_array(const cJSON* item) noexcept {
  return cJSON_IsArray(item) != 0;
}

cJSON* element(const cJSON& array, std::size_t index) noexcept {
  cJSON* found = array.child;
  while (found != nullptr && index-- != 0) found = found->next;
  return found;
}

/// The element or member of `owner` that `step` names; null if there is none.
cJSON* inside(const cJSON& owner, const token& step) noexcept {
  if (is_array(&owner)) {
    const auto index = step.index();
    return index ? element(owner, *index) : nullptr;
  }
  if (cJSON_IsObject(&owner) == 0) return nullptr;
  for (cJSON* each = owner.child; each != nullptr; each = each->next) {
    if (step.is(item_text::characters(each->string))) return each;
  }
  return nullptr;
}

/// Splits off the last step of a path that begins with a slash.
struct place {
  cJSON* owner;  ///< null if the path leads nowhere
  token last;
};

place find_owner(cJSON* root, std::string_view path) noexcept {
  cJSON* owner = root;
  for (;;) {
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    const token step(slice(path, 0, end == std::string_view::npos ? path.size() : end));
    if (end == std::string_view::npos || owner == nullptr) return {owner, step};
    owner = inside(*owner, step);
    path.remove_prefix(end);
  }
}

bool pointer_well_formed(std::string_view path) noexcept {
  return path.empty() || (path.front() == '/' && token(path).well_formed());
}

// In cJSON's lists the first item's `prev` is the last item, and the last item's `next` is null.

void put_before(cJSON& owner, cJSON* next, cJSON& fresh) noexcept {
  cJSON* const first = owner.child;
  fresh.next = next;
  if (first == nullptr) {
    fresh.prev = &fresh;
    owner.child = &fresh;
  } else if (next == nullptr) {
    fresh.prev = first->prev;
    fresh.prev->next = &fresh;
    first->prev = &fresh;
  } else {
    fresh.prev = next->prev;
    next->prev = &fresh;
    if (next == first) {
      owner.child = &fresh;
    } else {
      fresh.prev->next = &fresh;
    }
  }
}

void unlink(cJSON& owner, cJSON& gone) noexcept {
  if (owner.child == &gone) {
    owner.child = gone.next;
    if (gone.next != nullptr) gone.next->prev = gone.prev;
  } else {
    gone.prev->next = gone.next;
    (gone.next != nullptr ? gone.next : owner.child)->prev = gone.prev;
  }
}

void put_instead(cJSON& owner, cJSON& old, cJSON& fresh) noexcept {
  fresh.string = old.string;
  cJSON* const next = old.next;
  unlink(owner, old);
  put_before(owner, next, fresh);
}

patch_error as_patch_error(parse_error why) noexcept {
  if (why == parse_error::none) return patch_error::none;
  return why == parse_error::too_large ? patch_error::too_large : patch_error::malformed;
}

}  // namespace

std::string_view to_text(patch_error why) noexcept {
  switch (why) {
    case patch_error::none:
      break;
    case patch_error::unknown_operation:
      return "an operation is none of add, remove and replace";
    case patch_error::no_such_place:
      return "a path leads nowhere";
    case patch_error::whole_document:
      return "the whole document can only be replaced";
    case patch_error::too_large:
      return "the state is larger than tree_bytes";
    case patch_error::malformed:
      return "an operation is malformed";
  }
  return {};
}

parse_error document::assign(std::string_view text) noexcept {
  json::value made;
  const parse_error why = parse(text, *memory_, made);
  if (why == parse_error::none) root_ = made;
  return why;
}

json::value document::at(std::string_view path) const noexcept {
  if (!root_ || !pointer_well_formed(path)) return {};
  if (path.empty()) return root_;
  const place found = find_owner(changeable(root_), path);
  return found.owner == nullptr ? json::value() : json::value(inside(*found.owner, found.last));
}

patch_error document::apply(std::string_view operation, std::string_view path,
                            std::string_view value) noexcept {
  const bool add = operation == "add";
  const bool remove = operation == "remove";
  if (!add && !remove && operation != "replace") return patch_error::unknown_operation;
  if (!pointer_well_formed(path)) return patch_error::malformed;
  json::value made;
  if (path.empty()) {
    if (add || remove) return patch_error::whole_document;
    const patch_error why = as_patch_error(parse(value, *memory_, made));
    if (why == patch_error::none) root_ = made;
    return why;
  }
  const place at = find_owner(changeable(root_), path);
  if (at.owner == nullptr) return patch_error::no_such_place;
  cJSON& owner = *at.owner;
  cJSON* old = inside(owner, at.last);
  if (!add && old == nullptr) return patch_error::no_such_place;
  if (remove) {
    unlink(owner, *old);
    return patch_error::none;
  }
  const bool insert = add && is_array(&owner);
  if (insert && old == nullptr && !at.last.is_end() &&
      (!at.last.index() ||
       (*at.last.index() != 0 && element(owner, *at.last.index() - 1) == nullptr))) {
    return patch_error::no_such_place;
  }
  if (!is_array(&owner) && cJSON_IsObject(&owner) == 0) return patch_error::no_such_place;
  if (const parse_error why = parse(value, *memory_, made); why != parse_error::none) {
    return as_patch_error(why);
  }
  cJSON& fresh = *changeable(made);
  if (insert) {
    put_before(owner, old, fresh);
  } else if (old != nullptr) {
    put_instead(owner, *old, fresh);
  } else {
    fresh.string = item_text::make(*memory_, at.last.size(),
                                   [&](char* into) noexcept { at.last.decode(into); });
    if (fresh.string == nullptr) return patch_error::too_large;
    put_before(owner, nullptr, fresh);
  }
  return patch_error::none;
}

bool write(writer& out, const value& from) noexcept {
  std::array<value, reader::max_depth> open;
  std::size_t depth = 0;
  value next = from;
  for (;;) {
    if (next.is_array() || next.is_object()) {
      if (depth == open.size()) return false;
      out.raw(next.is_array() ? '[' : '{');
      open[depth++] = next;
      next = next.first();
    } else {
      if (const auto text = next.string()) {
        out.string(*text);
      } else if (const auto truth = next.boolean()) {
        out.boolean(*truth);
      } else if (const auto number = next.number()) {
        out.number(*number);
      } else {
        out.null();
      }
      if (depth == 0) return true;
      next = next.next();
      if (next) out.raw(',');
    }
    while (!next) {
      const value& ended = open[--depth];
      out.raw(ended.is_array() ? ']' : '}');
      if (depth == 0) return true;
      next = ended.next();
      if (next) out.raw(',');
    }
    if (open[depth - 1].is_object()) {
      out.string(next.key());
      out.raw(':');
    }
  }
}

}  // namespace musubi::json
