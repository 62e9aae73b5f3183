#include <lwip/sys.h>
#include <pico/stdlib.h>

/* lwIP's clock, as pico_lwip_nosys has it. */
u32_t sys_now(void) {
  return (u32_t)(time_us_64() / 1000);
}
sys_prot_t sys_arch_protect(void) {
  return 0;
}
void sys_arch_unprotect(sys_prot_t before) {
  (void)before;
}
