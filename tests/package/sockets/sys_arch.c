/* The tasks of no system: what lwIP calls of an RTOS. */
#include <lwip/sys.h>

#define NONE(...) \
  { return ERR_OK; }
err_t sys_sem_new(sys_sem_t* made, u8_t count) NONE();
err_t sys_mutex_new(sys_mutex_t* made) NONE();
err_t sys_mbox_new(sys_mbox_t* made, int size) NONE();
err_t sys_mbox_trypost(sys_mbox_t* box, void* message) NONE();
err_t sys_mbox_trypost_fromisr(sys_mbox_t* box, void* message) NONE();
u32_t sys_arch_sem_wait(sys_sem_t* waited, u32_t timeout) NONE();
u32_t sys_arch_mbox_fetch(sys_mbox_t* box, void** message, u32_t timeout) NONE();
u32_t sys_arch_mbox_tryfetch(sys_mbox_t* box, void** message) NONE();
sys_prot_t sys_arch_protect(void) NONE();
u32_t sys_now(void) NONE();
int sys_mbox_valid(sys_mbox_t* box) NONE();
int sys_sem_valid(sys_sem_t* given) NONE();
void sys_init(void) {}
void sys_sem_free(sys_sem_t* freed) {}
void sys_sem_signal(sys_sem_t* given) {}
void sys_sem_set_invalid(sys_sem_t* given) {}
void sys_mutex_free(sys_mutex_t* freed) {}
void sys_mutex_lock(sys_mutex_t* locked) {}
void sys_mutex_unlock(sys_mutex_t* unlocked) {}
void sys_mbox_free(sys_mbox_t* freed) {}
void sys_mbox_post(sys_mbox_t* box, void* message) {}
void sys_mbox_set_invalid(sys_mbox_t* box) {}
void sys_arch_unprotect(sys_prot_t before) {}
/* Where the thread_local variables of the task are. */
void* __aeabi_read_tp(void) {
  static char variables[256];
  return variables;
}
sys_thread_t sys_thread_new(const char* name, lwip_thread_fn run, void* with, int stack,
                            int priority) {
  return 0;
}
