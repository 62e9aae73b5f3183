#pragma once
/// How a wrong declaration is told when compiling.
///
/// A mistake is a struct template whose arguments name what is concerned: the store, the field, the
/// type that stands there. The search for mistakes (`detail::mistakes_of_...`) only names it; to
/// complete it is to fail with its sentence, which says the cure. Compilers print the arguments,
/// g++ in the line before the sentence and clang in the line of the sentence itself:
///
///     In instantiation of 'struct musubi::mistake::string_field<thermostat,
///       musubi::mistake::field<thermostat::State, musubi::mistake::named<5>{"name"}>,
///       std::string>'
///     ...
///     error: static assertion failed: musubi: a field cannot be a std::string or point to text;
///     ...
///
/// These files include nothing, and come first wherever they are included, so that a compiler's
/// answer does not begin with a long list of who includes whom.

namespace musubi::mistake {

/// False for every mistake.
template <class Mistake>
inline constexpr bool right = false;

/// A name as template argument: g++ prints it as the string it is, and so does clang from 16 on.
template <decltype(sizeof 0) Bytes>
struct named {
  char text[Bytes]{};
};

/// The field of a struct. `Name` is a `named`, or what an older clang prints readably: the field's
/// address or a pointer to the member.
template <class Struct, auto Name>
struct field;

}  // namespace musubi::mistake
