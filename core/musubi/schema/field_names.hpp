#pragma once
/// The names of the members of an aggregate and of the values of an enum, as the compiler reports
/// them.
///
/// `__PRETTY_FUNCTION__` contains the name of a member whose address is a template argument. Only
/// the name is copied, so no signatures stay in flash.

#include <cstddef>
#include <string_view>

#include <musubi/schema/field_refs.hpp>
#include <musubi/schema/layout.hpp>
#include <musubi/schema/type_name.hpp>
#include <musubi/schema/visit_fields.hpp>

namespace musubi::detail {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"      // of a type in an unnamed namespace
#pragma clang diagnostic ignored "-Wundefined-var-template"  // of any other
#endif

/// An object that is never defined: only addresses inside it are used. Compilers print them in
/// error messages: clang as `&fields_of.type.celsius`.
template <class T>
struct phantom {
  T type;
};
template <class T>
extern const phantom<T> fields_of;
/// The same, but defined, which structs with bit-fields require.
template <class T>
inline constexpr phantom<T> defined_fields_of{};

/// clang 14 takes a pointer into an undefined object as template argument only inside a struct.
template <class T>
struct address {
  const T* of;
};
template <class T>
address(const T*) -> address<T>;

template <class T, bool Defined>
consteval const T& object_with_fields() {
  if constexpr (Defined) {
    return defined_fields_of<T>.type;
  } else {
    return fields_of<T>.type;
  }
}
template <class T, bool Defined>
consteval auto fields_without_object() {
  return with_fields<layout_of<T>.count>(
      object_with_fields<T, Defined>(),
      []<class... Field>(Field&... field) { return field_refs<Field...>{{{field}...}}; });
}
/// Not a constant if the member is a bit-field, which has no address.
template <class T, std::size_t Index, bool Defined = false>
consteval auto field_address() {
  return address{&field_at<Index>(fields_without_object<T, Defined>())};
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <auto Argument>
consteval std::string_view signature() {
  return __PRETTY_FUNCTION__;
}

/// Bytes of a signature behind the argument, the same for all: g++ writes "…with auto Argument = X;
/// std::string_view = …]", clang "…[Argument = X]".
inline constexpr std::size_t bytes_behind_argument =
    signature<0>().size() - signature<0>().find("Argument = 0") - 12;

/// The last identifier of the argument in the text of a signature.
consteval std::string_view name_in(std::string_view text) {
  text.remove_suffix(bytes_behind_argument);
  return last_identifier(text);
}

/// A copy of exactly the name, so that the signature is not kept.
template <std::size_t N>
struct name_storage {
  char bytes[N + 1]{};
  consteval explicit name_storage(std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) bytes[i] = name[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {bytes, N}; }
};

/// `Of` is the type that contains the argument. It is a template argument too, because from the
/// argument alone compilers do not notice that a type of an unnamed namespace belongs to one
/// translation unit: the linker would merge the names of different types.
template <class Of, auto Argument>
struct name_of {
  static constexpr std::size_t length = name_in(signature<Argument>()).size();
  static constexpr name_storage<length> storage{name_in(signature<Argument>())};
};

template <class T, std::size_t Index>
inline constexpr std::string_view reflected_field_name =
    name_of<T, field_address<T, Index>()>::storage.view();

template <class E, E Value>
inline constexpr std::string_view enumerator_name = name_of<E, Value>::storage.view();

// The text of __PRETTY_FUNCTION__ depends on the compiler; these fail if it changes.
struct calibration {
  int first_field;
  bool b;
};
enum class calibration_enum { first_value };
static_assert(reflected_field_name<calibration, 0> == "first_field" &&
                  reflected_field_name<calibration, 1> == "b",
              "musubi: this compiler writes member names differently; adapt name_in()");
static_assert(enumerator_name<calibration_enum, calibration_enum::first_value> == "first_value" &&
                  enumerator_name<calibration_enum, static_cast<calibration_enum>(1)>.empty(),
              "musubi: this compiler writes enumerators differently; adapt name_in()");

}  // namespace musubi::detail
