#pragma once
/// Mistakes that show when the TypeScript of stores is written.

#include <musubi/mistake/right.hpp>

namespace musubi::mistake {

/// `Write` writes the one that is concerned, and has its type in its name.
template <auto Write>
struct struct_with_awkward_module {
  static_assert(right<struct_with_awkward_module>,
                "musubi: the module of a struct becomes namespaces and an interface of TypeScript; "
                "write it as identifiers with dots between, as in \"Home.Reading\"");
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
                "musubi: the namespace of a bundle is an identifier of TypeScript, or several with "
                "dots between");
};

}  // namespace musubi::mistake
