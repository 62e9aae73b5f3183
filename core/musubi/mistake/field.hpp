#pragma once
/// Mistakes in the fields of structs that go over the wire.
///
/// `Where` is a `field<Struct, Name>`, or the struct itself when the mistake concerns all of it.
/// `Type` is the type of the field, or the part of it that is wrong.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

// --- types that are spelled otherwise here ---

template <class Store, class Where, class Type>
struct string_field {
  static_assert(right<string_field>,
                "musubi: a field cannot be a std::string or point to text; make it a "
                "musubi::text<N>, which holds up to N bytes in place");
};
template <class Store, class Where, class Type>
struct container_field {
  static_assert(right<container_field>,
                "musubi: a field cannot be a container that allocates or only views its values; "
                "make it a musubi::list<T, N>, which holds up to N values in place");
};
template <class Store, class Where, class Type>
struct map_field {
  static_assert(right<map_field>,
                "musubi: a field cannot be a map that allocates; make it a "
                "musubi::dict<musubi::text<K>, T, N>, which holds up to N entries in place");
};
template <class Store, class Where, class Type>
struct c_string_field {
  static_assert(right<c_string_field>,
                "musubi: a field cannot be an array of char; make it a musubi::text<N>");
};
template <class Store, class Where, class Type>
struct c_array_field {
  static_assert(right<c_array_field>,
                "musubi: a field cannot be a C array; make it a std::array<T, N>");
};
template <class Store, class Where, class Type>
struct pointer_field {
  static_assert(right<pointer_field>,
                "musubi: a field cannot be a pointer; hold the value itself, or a std::optional of "
                "it");
};
template <class Store, class Where, class Type>
struct reference_field {
  static_assert(right<reference_field>,
                "musubi: a field cannot be a reference; hold a copy of the value");
};
template <class Store, class Where, class Type>
struct tuple_field {
  static_assert(
      right<tuple_field>,
      "musubi: a field cannot be a std::tuple or std::pair; make it a struct whose fields "
      "have names");
};
template <class Store, class Where, class Type>
struct function_field {
  static_assert(right<function_field>,
                "musubi: a field is data and cannot be a function; hold its result");
};
template <class Store, class Where, class Type>
struct callback_field {
  static_assert(right<callback_field>,
                "musubi: a musubi::callback is for the Props of a child and cannot go over the "
                "wire; remove it from this struct");
};
template <class Store, class Where, class Type>
struct time_field {
  static_assert(right<time_field>,
                "musubi: a field cannot be a std::chrono time; make it a number with its unit in "
                "the name (std::uint32_t uptime_seconds, musubi::safe_integer unix_milliseconds)");
};
template <class Store, class Where, class Type>
struct shared_field {
  static_assert(
      right<shared_field>,
      "musubi: a field is a copy of what the browser sees and cannot be atomic or locked; "
      "hold the plain value");
};

// --- numbers and characters ---

template <class Store, class Where, class Type>
struct wide_integer_field {
  static_assert(right<wide_integer_field>,
                "musubi: a browser rounds integers beyond 2^53; make this field a "
                "musubi::safe_integer (a number up to 2^53 - 1), a musubi::as_text<T> (a string "
                "with all digits), or an integer of 32 bits");
};
template <class Store, class Where, class Type>
struct long_double_field {
  static_assert(right<long_double_field>,
                "musubi: a browser has no long double; make this field a double");
};
template <class Store, class Where, class Type>
struct character_field {
  static_assert(right<character_field>,
                "musubi: a char is ambiguous: it could be a number or text; make this field a "
                "musubi::text<N> (UTF-8), or a std::int8_t or std::uint8_t if it is a number");
};

// --- enums ---

template <class Store, class Where, class Enum>
struct enum_without_values {
  static_assert(right<enum_without_values>,
                "musubi: this enum has no named value from 0 to 63, and only names go over the "
                "wire; number its values from 0");
};
/// `Value` is one of those that could not be written.
template <class Store, class Where, class Enum, auto Value>
struct enum_value_out_of_range {
  static_assert(right<enum_value_out_of_range>,
                "musubi: this enum has a value below 0 or above 63, which cannot be written; "
                "number its values from 0 to 63");
};

// --- structs ---

/// A bit-field cannot be named: `Beside` are the fields before and after it.
template <class Store, class Where, class Struct, class... Beside>
struct bit_field {
  static_assert(
      right<bit_field>,
      "musubi: this struct has a bit-field, or a volatile member, which the library cannot "
      "reach; make it a plain bool or integer");
};
template <class Store, class Where, class Struct>
struct base_class {
  static_assert(right<base_class>,
                "musubi: this struct has a base class whose fields the library cannot see; make "
                "the base a field, or list the fields: static constexpr auto fields = "
                "musubi::fields(musubi::field(\"name\", &type::name))");
};
template <class Store, class Where, class Struct>
struct virtual_functions {
  static_assert(right<virtual_functions>,
                "musubi: a struct on the wire is plain data; remove its virtual functions");
};
template <class Store, class Where, class Struct>
struct not_a_plain_struct {
  static_assert(right<not_a_plain_struct>,
                "musubi: this type has constructors or private members, so the library cannot see "
                "its fields; remove them, list the fields (static constexpr auto fields = "
                "musubi::fields(...)), or specialise musubi::codec");
};
template <class Store, class Where, class Union>
struct union_field {
  static_assert(
      right<union_field>,
      "musubi: a union does not say which of its members is active; make it a std::variant of "
      "structs");
};
template <class Store, class Where, class Struct>
struct too_many_fields {
  static_assert(
      right<too_many_fields>,
      "musubi: a struct on the wire has at most 32 fields; group some in a nested struct");
};
template <class Store, class Where, class Type>
struct const_field {
  static_assert(
      right<const_field>,
      "musubi: a field is assigned to, so it cannot be const or volatile; remove the qualifier");
};
template <class Store, class Where, class Type>
struct unmovable_field {
  static_assert(
      right<unmovable_field>,
      "musubi: a State is moved and assigned, but this field cannot be; hold a plain value");
};
template <class Store, class Where, class Type>
struct incomplete_type {
  static_assert(right<incomplete_type>,
                "musubi: this type is only declared here; define it before the store");
};
template <class Store, class Where, class Type>
struct field_without_wire_form {
  static_assert(
      right<field_without_wire_form>,
      "musubi: this type has no wire form; use bool, an integer, float, double, fixed<N>, an "
      "enum class, text<N>, std::optional, list<T,N>, std::array<T,N>, dict<text<K>,T,N>, a "
      "plain struct of these, a std::variant of such structs, or specialise musubi::codec for it");
};
template <class Store, class Where, class Type>
struct unreadable_field {
  static_assert(right<unreadable_field>,
                "musubi: a browser sends this field, but the codec of its type cannot read it; add "
                "`static bool read(musubi::json::reader&, T&, musubi::decode_error&) noexcept`");
};

// --- variants ---

template <class Store, class Where, class Variant, class Alternative>
struct alternative_that_is_no_struct {
  static_assert(right<alternative_that_is_no_struct>,
                "musubi: the alternatives of a std::variant are told apart by their keys, so each "
                "is a plain struct; make this one a field of a struct");
};
template <class Store, class Where, class Variant, class Alternative>
struct alternative_that_is_nothing {
  static_assert(right<alternative_that_is_nothing>,
                "musubi: std::monostate has no wire form; for a value that may be missing, make it "
                "a std::optional<std::variant<...>>, which is null then");
};
/// `Where` is the constant of `Alternative`.
template <class Store, class Where, class Variant, class Alternative, class Other>
struct alternatives_with_one_tag {
  static_assert(right<alternatives_with_one_tag>,
                "musubi: a page tells the alternatives of a std::variant apart by this constant, "
                "but two have the same; give each its own value");
};
template <class Store, class Where, class Variant, class Alternative, class Other>
struct alternatives_with_the_same_keys {
  static_assert(right<alternatives_with_the_same_keys>,
                "musubi: two alternatives of a std::variant have the same keys (optional ones do "
                "not count), so nobody can tell them apart; give every alternative a constant of "
                "the same name: musubi::constant<\"open\"> type");
};
template <class Store, class Where, class Type>
struct not_in_an_alternative {
  static_assert(right<not_in_an_alternative>,
                "musubi: an alternative of a std::variant holds values; a musubi::child, stream or "
                "async value needs a place that stays: put it beside the variant");
};

// --- containers ---

template <class Store, class Where, class Type>
struct optional_in_optional {
  static_assert(right<optional_in_optional>,
                "musubi: null cannot say which of two nested std::optionals is empty; use one");
};
template <class Store, class Where, class Type>
struct key_without_text {
  static_assert(right<key_without_text>,
                "musubi: keys on the wire are text; make it a musubi::dict<musubi::text<K>, T, N>");
};

// --- stores, streams and async values in the wrong place ---

template <class Store, class Where, class Type>
struct child_outside_of_state {
  static_assert(right<child_outside_of_state>,
                "musubi: a musubi::child belongs in a State; payloads, replies and events name a "
                "store by its id: hold a musubi::text<N>");
};
template <class Store, class Where, class Type>
struct stream_outside_of_state {
  static_assert(
      right<stream_outside_of_state>,
      "musubi: a musubi::stream belongs in a State; hold the values in a musubi::list<T, N> here");
};
template <class Store, class Where, class Type>
struct async_outside_of_state {
  static_assert(right<async_outside_of_state>,
                "musubi: a musubi::async belongs in a State; hold the value itself here");
};
template <class Store, class Where, class Type>
struct stream_in_container {
  static_assert(right<stream_in_container>,
                "musubi: a stream is a field of the State or of a struct in it; lists, optionals "
                "and dicts cannot hold one");
};
template <class Store, class Where, class Stream>
struct stream_of_items_without_id {
  static_assert(
      right<stream_of_items_without_id>,
      "musubi: items of a stream are identified by their field id, an integer or a text; add that "
      "field, or give the stream a key: musubi::stream<item, [](const item& i) { "
      "return i.serial; }>");
};
template <class Store, class Where, class Stream>
struct stream_key_without_text {
  static_assert(
      right<stream_key_without_text>,
      "musubi: the key of a stream is a function that returns the whole key of an item as text: "
      "[](const item& i) { return i.serial; }, where serial is a musubi::text<N>");
};

// --- names ---

template <class Store, class Where>
struct reserved_field_name {
  static_assert(right<reserved_field_name>,
                "musubi: field names that begin with __musubi_ are reserved; rename the field");
};
template <class Store, class Where>
struct proxy_field_name {
  static_assert(right<proxy_field_name>,
                "musubi: the browser's store has a member snapshot, subscribe, dispatchCommand and "
                "handleEvent of its own, which would hide this field; rename the field");
};
template <class Store, class Where>
struct awkward_field_name {
  static_assert(right<awkward_field_name>,
                "musubi: a field's name must be printable ASCII without quotes, '\\\\', '/' and "
                "'~'; rename it in the list of fields");
};
template <class Store, class Where>
struct duplicate_field_name {
  static_assert(right<duplicate_field_name>,
                "musubi: two fields of one struct have the same name; rename one of them");
};

// --- what is said of fields ---

template <class Store, class Where>
struct unit_of_no_number {
  static_assert(right<unit_of_no_number>,
                "musubi: only a number has a unit; remove .unit(), or make the field a number");
};
template <class Store, class Where>
struct range_of_no_number {
  static_assert(right<range_of_no_number>,
                "musubi: only a number has a range and a step; remove .range() and .step(), or "
                "make the field a number");
};
template <class Store, class Where>
struct awkward_range {
  static_assert(right<awkward_range>,
                "musubi: a range goes from a lower to a higher number that the field can hold, in "
                "steps above 0: .range(5, 30).step(1)");
};
template <class Store, class Where>
struct device_class_of_no_value {
  static_assert(right<device_class_of_no_value>,
                "musubi: a device class says what one value measures; this field is not a number, "
                "a bool, an enum or a text: remove .device_class()");
};
template <class Store, class Where>
struct state_class_of_no_number {
  static_assert(right<state_class_of_no_number>,
                "musubi: statistics are kept of numbers; this field is none: remove "
                ".state_class()");
};
template <class Store, class Where>
struct unknown_state_class {
  static_assert(right<unknown_state_class>,
                "musubi: a state class is \"measurement\", \"measurement_angle\", \"total\" or "
                "\"total_increasing\"");
};
template <class Store, class Where>
struct field_remarked_twice {
  static_assert(right<field_remarked_twice>,
                "musubi: musubi::about(...) has this field twice; say everything in one entry");
};
template <class Store, class Where>
struct renamed_in_remarks {
  static_assert(right<renamed_in_remarks>,
                "musubi: musubi::about(...) keeps the names of the fields; list all fields in "
                "musubi::fields(...) to give them other names");
};
template <class Store, class Where, class Type>
struct remarks_beside_fields {
  static_assert(right<remarks_beside_fields>,
                "musubi: a struct that lists its fields says everything there; move what "
                "musubi::about(...) says into musubi::fields(...)");
};
template <class Store, class Where, class Type>
struct remarks_on_another_struct {
  static_assert(right<remarks_on_another_struct>,
                "musubi: musubi::about(...) is about the fields of the struct that it stands in; "
                "name those: musubi::field(&State::temperature)");
};

}  // namespace musubi::mistake
