#pragma once
/// How a wrong declaration is reported at compile time.
///
/// A mistake is a struct template whose arguments name what is wrong: the store, the field, its
/// type. The search for mistakes (`detail::mistakes_of_...`) only names it; completing the type
/// fails with a message that says how to fix it. Compilers print the arguments, g++ in the line
/// before the message and clang in the same line:
///
///     In instantiation of 'struct musubi::mistake::string_field<thermostat,
///       musubi::mistake::field<thermostat::State, musubi::mistake::named<5>{"name"}>,
///       std::string>'
///     ...
///     error: static assertion failed: musubi: a field cannot be a std::string or point to text;
///     ...
///
/// These files include nothing and are always included first, so that the compiler's output does
/// not start with a long chain of includes.

namespace musubi::mistake {

/// False for every mistake.
template <class Mistake>
inline constexpr bool right = false;

/// A name as a template argument. g++, and clang from 16 on, print it as a string.
template <decltype(sizeof 0) Bytes>
struct named {
  char text[Bytes]{};
};

/// The field of a struct. `Name` is a `named`, or, because older clang prints that readably, the
/// field's address or a pointer to the member.
template <class Struct, auto Name>
struct field;

}  // namespace musubi::mistake
