#pragma once
/// The name of a field as compilers print it in error messages.

#include <musubi/mistake/right.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>

#include <musubi/schema/fields.hpp>

namespace musubi::detail {

/// A field as compilers print it. `Defined`: of a struct with bit-fields.
#if defined(__clang__) && __clang_major__ < 16
template <class T, std::size_t Index, bool Defined>
struct where_is {
  using type = mistake::field<T, field_address<T, Index, Defined>()>;
};
template <class T, std::size_t Index, bool Defined>
requires lists_fields<T>
struct where_is<T, Index, Defined> {
  using type = mistake::field<T, std::get<Index>(T::fields).member>;
};
#else
template <class T, std::size_t Index, bool Defined>
struct where_is {
  static consteval std::string_view name() {
    if constexpr (lists_fields<T>) {
      return field_name<T, Index>();
    } else {
      return name_of<T, field_address<T, Index, Defined>()>::storage.view();
    }
  }
  static consteval auto printed() {
    mistake::named<name().size() + 1> made;
    for (std::size_t i = 0; i < name().size(); ++i) made.text[i] = name()[i];
    return made;
  }
  using type = mistake::field<T, printed()>;
};
#endif
template <class T, std::size_t Index, bool Defined = false>
using where = typename where_is<T, Index, Defined>::type;

}  // namespace musubi::detail
