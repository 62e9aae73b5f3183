#pragma once
/// Mistakes that are found when the TypeScript of stores is written.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

/// `Write` is the function that writes the struct; its name contains the type.
template <auto Write>
struct struct_with_awkward_module {
  static_assert(right<struct_with_awkward_module>,
                "musubi: the module of a struct becomes namespaces and an interface of TypeScript; "
                "write it as identifiers separated by dots: \"Home.Reading\"");
};
template <auto Write, auto WriteOther>
struct stores_with_one_module {
  static_assert(right<stores_with_one_module>,
                "musubi: two of these stores have the same module; rename one of them");
};
template <auto Write, auto WriteOther>
struct structs_with_one_module {
  static_assert(right<structs_with_one_module>,
                "musubi: two of the structs on the wire have the same module; rename one of them");
};
template <class Options>
struct awkward_namespace {
  static_assert(right<awkward_namespace>,
                "musubi: the namespace of a bundle is one TypeScript identifier, or several "
                "separated by dots");
};

}  // namespace musubi::mistake
