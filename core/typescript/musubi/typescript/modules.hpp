#pragma once
/// The stores and named structs that can be reached from the roots.

#include <musubi/mistake/store.hpp>

#include <array>

#include <musubi/typescript/store_entry.hpp>
#include <musubi/typescript/store_schema.hpp>

namespace musubi::typescript {

// In classes, so that a compiler that names one of them says which type it is for.
template <class Store>
struct one_store {
  static constexpr void write(output& out, std::size_t depth) { write_store<Store>(out, depth); }
  static constexpr void schema(output& out) { write_store_schema<Store>(out); }
};
template <class Struct>
struct one_struct {
  static constexpr void write(output& out, std::size_t depth) { write_block<Struct>(out, depth); }
  static constexpr void schema(output& out) { write_record_schema<Struct>(out); }
};

/// A module of the bundle, and what writes it in TypeScript and as a JSON schema.
struct module_entry {
  std::string_view name;
  void (*write)(output&, std::size_t depth) = nullptr;
  void (*schema)(output&) = nullptr;
};

/// Modules in the order of the bundle, each once.
class module_list {
 public:
  /// Far above what one program has; memory of the compiler alone.
  static constexpr std::size_t most = 1024;

  /// False when it is there already.
  constexpr bool add(module_entry added) {
    std::size_t at = size_;
    for (; at != 0; --at) {
      const auto order = compare_modules(entries_[at - 1].name, added.name);
      if (order < 0) break;
      if (order == 0) {
        if (entries_[at - 1].write != added.write) twins_ = {entries_[at - 1], added};
        return false;
      }
    }
    for (std::size_t i = size_; i > at; --i) entries_[i] = entries_[i - 1];
    entries_[at] = added;
    ++size_;
    return true;
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  /// Two that have the same module; without a name if there are none.
  [[nodiscard]] constexpr const std::array<module_entry, 2>& twins() const { return twins_; }
  [[nodiscard]] constexpr const module_entry* begin() const { return entries_.data(); }
  [[nodiscard]] constexpr const module_entry* end() const { return entries_.data() + size_; }

 private:
  std::array<module_entry, most> entries_{};
  std::size_t size_ = 0;
  std::array<module_entry, 2> twins_{};
};

struct modules {
  module_list stores;
  module_list structs;
  /// A struct whose name cannot be that of an interface; without a name if there is none.
  module_entry awkward;
};

template <class T>
constexpr void collect(modules& into);

template <class T, std::size_t... Index>
constexpr void collect_fields(modules& into, std::index_sequence<Index...>) {
  (collect<field_of<T, Index>>(into), ...);
}
template <class T>
constexpr void collect_fields(modules& into) {
  collect_fields<T>(into, std::make_index_sequence<detail::field_count<T>()>{});
}

template <class List>
struct collect_entries;
template <template <class...> class List, class... Entries>
struct collect_entries<List<Entries...>> {
  static constexpr void payloads(modules& into) { (collect_fields<Entries>(into), ...); }
  static constexpr void replies(modules& into) {
    (collect<typename detail::reply_of<Entries>::type>(into), ...);
  }
};

template <class Store>
constexpr void collect_store(modules& into) {
  if constexpr (!names_its_module<Store>) {
    static_assert(sizeof(mistake::store_without_module<Store>) != 0);
    return;
  }
  if (!into.stores.add({Store::module, &one_store<Store>::write, &one_store<Store>::schema}))
    return;
  using commands = collect_entries<typename detail::commands_of<Store>::type>;
  collect_fields<typename Store::State>(into);
  commands::payloads(into);
  commands::replies(into);
  collect_entries<typename detail::events_of<Store>::type>::payloads(into);
}

template <class T>
struct collect_alternatives;
template <template <class...> class Variant, class... T>
struct collect_alternatives<Variant<T...>> {
  static constexpr void all(modules& into) { (collect<T>(into), ...); }
};

/// What `T` brings along.
template <class T>
constexpr void collect(modules& into) {
  if constexpr (detail::is_child<T>) {
    collect_store<typename T::store_type>(into);
  } else if constexpr (detail::is_stream<T>) {
    collect<typename T::item_type>(into);
  } else if constexpr (detail::is_optional<T> || is_sequence<T> || detail::is_async<T>) {
    collect<typename T::value_type>(into);
  } else if constexpr (detail::is_dict<T>) {
    collect<typename dict_value<T>::type>(into);
  } else if constexpr (detail::chooses<T>) {
    collect_alternatives<T>::all(into);
  } else if constexpr (is_record<T> && names_its_module<T>) {
    constexpr module_entry entry{T::module, &one_struct<T>::write, &one_struct<T>::schema};
    if (!is_dotted_identifier(T::module)) into.awkward = entry;
    if (into.structs.add(entry)) collect_fields<T>(into);
  } else if constexpr (is_record<T>) {
    collect_fields<T>(into);
  }
}

template <class List>
struct collect_roots;
template <template <class...> class List, class... Stores>
struct collect_roots<List<Stores...>> {
  static constexpr void all(modules& into) { (collect_store<Stores>(into), ...); }
};

}  // namespace musubi::typescript
