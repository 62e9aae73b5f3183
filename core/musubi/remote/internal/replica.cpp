#include <array>
#include <cstring>
#include <optional>

#include <musubi/json/internal/members.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/remote/internal/replica.hpp>
#include <musubi/remote/internal/store_ids.hpp>

namespace musubi {

namespace {

using json::patch_error;

bool same_store(std::string_view a, std::string_view b) noexcept {
  return detail::kinship_of(a, b) == detail::kinship::same;
}

constexpr std::string_view nothing = R"({"tree":null,"streams":[]})";

/// Text in the arena, put together from parts; empty when that is too small.
template <class... Part>
std::string_view join(arena& memory, const Part&... part) noexcept {
  const std::size_t size = (std::string_view(part).size() + ...);
  auto* const made = static_cast<char*>(memory.allocate(size));
  if (made == nullptr) return {};
  char* at = made;
  const auto add = [&](std::string_view text) noexcept {
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    at += text.size();
  };
  (add(std::string_view(part)), ...);
  return {made, size};
}

/// The members of an object by name, as text; false if it is none.
template <std::size_t N>
bool members_of(std::string_view text, const std::string_view (&names)[N],
                std::string_view (&values)[N]) noexcept {
  std::uint32_t twice = 0;
  json::reader from(text);
  return json::find_members(from, names, values, twice) && twice == 0;
}

/// A JSON string decoded into the arena; nothing if it is none, or does not fit.
std::optional<std::string_view> decoded(arena& memory, std::string_view text,
                                        std::string_view in_front = {}) noexcept {
  json::reader from(text);
  const auto found = from.string();
  if (!found) return std::nullopt;
  const std::size_t size = found->size();
  auto* const room = static_cast<char*>(memory.allocate(in_front.size() + size + 1));
  if (room == nullptr) return std::nullopt;
  if (!in_front.empty()) std::memcpy(room, in_front.data(), in_front.size());
  (void)found->decode(room + in_front.size());
  return std::string_view(room, in_front.size() + size);
}

bool is_array(std::string_view text) noexcept {
  return !text.empty() && text.front() == '[';
}

/// Whether two JSON arrays hold the same strings.
bool same_strings(json::value a, json::value b) noexcept {
  if (!a.is_array() || !b.is_array()) return false;
  json::value left = a.first();
  json::value right = b.first();
  for (; left && right; left = left.next(), right = right.next()) {
    const auto x = left.string();
    const auto y = right.string();
    if (!x || !y || *x != *y) return false;
  }
  return !left && !right;
}

constexpr std::string_view store_id_key = "__musubi_store_id__";

/// Whether a store with this id stands somewhere in `tree`.
bool has_store(const json::value& tree, const json::value& id) noexcept {
  std::array<json::value, json::reader::max_depth> open;
  std::size_t depth = 0;
  for (json::value next = tree;;) {
    if (next.is_object() && same_strings(next.member(store_id_key), id)) return true;
    if ((next.is_object() || next.is_array()) && next.first()) {
      if (depth == open.size()) return false;
      open[depth++] = next;
      next = next.first();
      continue;
    }
    if (depth == 0) return false;
    next = next.next();
    while (!next) {
      if (--depth == 0) return false;
      next = open[depth].next();
    }
  }
}

/// Applies one envelope to a document `{"tree": …, "streams": …}`.
class cycle {
 public:
  cycle(json::document& document, arena& memory) noexcept : document_(document), memory_(memory) {}

  patch_error run(const envelope_text& envelope) noexcept {
    patch_error why = each(envelope.ops, [this](std::string_view op) { return patch(op); });
    if (why != patch_error::none) return why;
    why = each(envelope.stream_ops, [this](std::string_view op) { return stream(op); });
    return why == patch_error::none ? prune() : why;
  }

 private:
  template <class Apply>
  static patch_error each(std::string_view array, Apply&& apply) noexcept {
    patch_error why = patch_error::none;
    json::reader from(array);
    const bool read = from.elements([&]() noexcept {
      const std::string_view op = from.raw();
      if (op.empty()) return false;
      why = apply(op);
      return why == patch_error::none;
    });
    return read || why != patch_error::none ? why : patch_error::malformed;
  }

  patch_error patch(std::string_view text) noexcept {
    std::string_view found[3];
    if (!members_of(text, {"op", "path", "value"}, found)) return patch_error::malformed;
    const auto op = decoded(memory_, found[0]);
    const auto path = decoded(memory_, found[1], tree_path);
    if (!op || !path) return patch_error::malformed;
    if (path->size() == tree_path.size() && *op != "replace") return patch_error::whole_document;
    return document_.apply(*op, *path, found[2]);
  }

  // --- streams (contract section 7.6) ---

  patch_error stream(std::string_view text) noexcept {
    std::string_view found[7];
    if (!members_of(text, {"op", "stream", "store_id", "item_key", "at", "item", "limit"}, found)) {
      return patch_error::malformed;
    }
    const auto op = decoded(memory_, found[0]);
    const auto name = decoded(memory_, found[1]);
    json::value id;
    if (!op || !name || json::parse(found[2], memory_, id) != json::parse_error::none ||
        !id.is_array()) {
      return patch_error::malformed;
    }
    std::size_t index = 0;
    json::value entry = document_.at("/streams").first();
    for (; entry; entry = entry.next(), ++index) {
      if (entry.member("stream").string() == name && same_strings(entry.member("store_id"), id))
        break;
    }
    const std::string_view items = join(memory_, "/streams/", decimal(index), "/items");
    if (items.empty()) return patch_error::too_large;
    if (!entry) {
      const std::string_view fresh =
          join(memory_, R"({"store_id":)", found[2], R"(,"stream":)", found[1], R"(,"items":[]})");
      const patch_error why = add("/streams/-", fresh);
      if (why != patch_error::none) return why;
    }
    if (*op == "reset") return document_.apply("replace", items, "[]");
    if (*op != "delete" && *op != "insert") return patch_error::unknown_operation;
    const auto key = decoded(memory_, found[3]);
    if (!key) return patch_error::malformed;
    if (const patch_error why = remove(items, *key); why != patch_error::none) return why;
    return *op == "delete" ? patch_error::none
                           : insert(items, found[3], found[4], found[5], found[6]);
  }
  patch_error add(std::string_view path, std::string_view value) noexcept {
    return path.empty() || value.empty() ? patch_error::too_large
                                         : document_.apply("add", path, value);
  }
  patch_error remove(std::string_view items, std::string_view key) noexcept {
    std::size_t index = 0;
    for (json::value each = document_.at(items).first(); each; each = each.next(), ++index) {
      if (each.member("item_key").string() == key) return remove_at(items, index);
    }
    return patch_error::none;
  }
  patch_error remove_at(std::string_view items, std::size_t index) noexcept {
    const std::string_view path = join(memory_, items, "/", decimal(index));
    return path.empty() ? patch_error::too_large : document_.apply("remove", path, {});
  }
  std::size_t count(std::string_view items) const noexcept {
    std::size_t size = 0;
    for (json::value each = document_.at(items).first(); each; each = each.next()) ++size;
    return size;
  }
  patch_error insert(std::string_view items, std::string_view key, std::string_view at_text,
                     std::string_view item, std::string_view limit_text) noexcept {
    const auto at = json::reader(at_text).integer();
    if (!at || item.empty()) return patch_error::malformed;
    const std::size_t size = count(items);
    // -1 is the end, any other negative number the head
    const std::size_t place = *at == -1 || static_cast<std::uint64_t>(*at) > size
                                  ? (*at < -1 ? 0 : size)
                                  : static_cast<std::size_t>(*at);
    patch_error why = add(join(memory_, items, "/", decimal(place)),
                          join(memory_, R"({"item_key":)", key, R"(,"item":)", item, "}"));
    if (why != patch_error::none || limit_text.empty() || limit_text == "null") return why;
    const auto limit = json::reader(limit_text).integer();
    if (!limit) return patch_error::malformed;
    // only its size counts; what goes is the end that the insert did not happen at
    const auto most = static_cast<std::size_t>(*limit < 0 ? -*limit : *limit);
    for (std::size_t left = size + 1; left > most && why == patch_error::none; --left) {
      why = remove_at(items, *at == 0 ? left - 1 : 0);
    }
    return why;
  }

  /// Drops the streams of stores that are not in the tree any more.
  patch_error prune() noexcept {
    std::size_t index = 0;
    const json::value tree = document_.at(tree_path);
    for (json::value each = document_.at("/streams").first(); each;) {
      const json::value next = each.next();
      if (has_store(tree, each.member("store_id"))) {
        ++index;
      } else if (const patch_error why = remove_at("/streams", index); why != patch_error::none) {
        return why;
      }
      each = next;
    }
    return patch_error::none;
  }

  static constexpr std::string_view tree_path = "/tree";
  json::document& document_;
  arena& memory_;
};

}  // namespace

bool read_envelope(std::string_view payload, envelope_text& into) noexcept {
  std::string_view found[7];
  if (!members_of(payload,
                  {"type", "root_id", "base_version", "version", "ops", "stream_ops", "events"},
                  found)) {
    return false;
  }
  const auto type = json::reader(found[0]).string();
  const auto base = json::reader(found[2]).integer();
  const auto version = json::reader(found[3]).integer();
  if (!type || !(*type == "patch") || !base || !version || !is_array(found[4]) ||
      !is_array(found[5]) || found[1].empty()) {
    return false;
  }
  into = {found[1], *base,    *version,
          found[4], found[5], is_array(found[6]) ? found[6] : std::string_view()};
  return true;
}

patch_error replica::apply(const envelope_text& envelope, const replica_tools& tools) noexcept {
  tools.tree->reset();
  json::document document(*tools.tree);
  // a first envelope describes a new runtime: nothing of an earlier one may shine through
  const bool fresh = envelope.base_version == 0 || tree_.empty();
  const std::string_view before =
      fresh ? nothing : join(*tools.tree, R"({"tree":)", tree_, R"(,"streams":)", streams_, "}");
  if (before.empty() || document.assign(before) != json::parse_error::none) {
    return patch_error::too_large;
  }
  const patch_error why = cycle(document, *tools.tree).run(envelope);
  if (why != patch_error::none) return why;

  json::buffer_output to(tools.text.data(), tools.text.size());
  json::writer out(to);
  const bool whole = json::write(out, document.at("/tree"));
  const std::size_t tree_size = to.view().size();
  if (!whole || !json::write(out, document.at("/streams")) || to.failed() ||
      to.view().size() > room_.size()) {
    return patch_error::too_large;
  }
  std::memcpy(room_.data(), to.view().data(), to.view().size());
  tree_ = {room_.data(), tree_size};
  streams_ = {room_.data() + tree_size, to.view().size() - tree_size};
  version_ = envelope.version;
  return patch_error::none;
}

std::string_view find_store(std::string_view tree, std::string_view store_id) noexcept {
  // Every value begins somewhere; the objects are tried where they stand.
  for (std::size_t at = 0; (at = tree.find(store_id_key, at)) != std::string_view::npos;
       at += store_id_key.size()) {
    if (at < 2 || tree[at - 1] != '"' || slice(tree, at + store_id_key.size(), 2) != "\":")
      continue;
    json::reader from(slice(tree, at + store_id_key.size() + 2));
    const std::string_view id = from.raw();
    if (id.empty() || !same_store(id, store_id)) continue;
    // the library writes it as the first member; another server may not
    std::size_t begin = at - 1;
    while (begin-- > 0) {
      if (tree[begin] != '{') continue;
      json::reader object(slice(tree, begin));
      const std::string_view text = object.raw();
      std::string_view found[1];
      if (!text.empty() && members_of(text, {store_id_key}, found) && same_store(found[0], id)) {
        return text;
      }
    }
  }
  return {};
}

std::string_view find_items(std::string_view streams, std::string_view store_id,
                            std::string_view name) noexcept {
  std::string_view items;
  json::reader from(streams);
  (void)from.elements([&]() noexcept {
    std::string_view found[3];
    const std::string_view entry = from.raw();
    if (!members_of(entry, {"store_id", "stream", "items"}, found)) return false;
    const auto called = json::reader(found[1]).string();
    if (called && *called == name && same_store(found[0], store_id)) items = found[2];
    return items.empty();
  });
  return items;
}

}  // namespace musubi
