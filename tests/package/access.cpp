// A password is hashed and compared, and a role is known by its name.
#include <musubi/access/password.hpp>
#include <musubi/access/role.hpp>

int main() {
  namespace access = musubi::access;
  const auto hash = access::hash_password("let me in, please", 4);
  auto role = access::role::none;
  return hash.ok() && access::is_password("let me in, please", hash->view()) &&
                 access::read_role("operator", role) && role == access::role::operator_
             ? 0
             : 1;
}
