#pragma once
/// Where a store stands among those of its root.

#include <string_view>

namespace musubi {

/// Which store below a remote root an event is of. Views that are valid while a listener hears.
struct remote_place {
  /// Its store_id as JSON, for `remote::child` and `remote::call`: `["cart","lines","mug-1"]`.
  std::string_view store_id;
  /// The last part of it, as the server placed it: "mug-1". Empty if it is longer than 240 bytes.
  std::string_view id;
};

}  // namespace musubi
