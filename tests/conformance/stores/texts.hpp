#pragma once
/// The texts of these stores.

#include <musubi/memory/text.hpp>

namespace conformance {

using short_text = musubi::text<48>;

}  // namespace conformance
