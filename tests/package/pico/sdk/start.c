/* Starts the program in QEMU's user mode, where the SDK would start it from flash. */
#include <stddef.h>

int main(void);
void __libc_init_array(void);

static int ask_linux(int call, int a, const void* b, int c) {
  register int r0 __asm("r0") = a;
  register const void* r1 __asm("r1") = b;
  register int r2 __asm("r2") = c;
  __asm volatile("mov r12, r7\n mov r7, %3\n svc 0\n mov r7, r12"
                 : "+r"(r0)
                 : "r"(r1), "r"(r2), "r"(call)
                 : "r12", "memory");
  return r0;
}

void _exit(int code) {
  for (;;) ask_linux(1, code, NULL, 0);
}
int _write(int file, const char* text, int bytes) {
  return ask_linux(4, file, text, bytes);
}
void* _sbrk(ptrdiff_t more) {
  static _Alignas(8) char heap[64 * 1024];
  static ptrdiff_t used = 0;
  if (used + more > (ptrdiff_t)sizeof heap) return (void*)-1;
  used += more;
  return heap + used - more;
}
void* __dso_handle = NULL;
void _init(void) {}
void _fini(void) {}

__attribute__((noreturn, used)) void _start(void) {
  __libc_init_array();
  _exit(main());
}
