/* lwIP's view of the machine that runs the tests: it asserts, and ends them when it is wrong. */
#pragma once

#define LWIP_DONT_PROVIDE_BYTEORDER_FUNCTIONS 1 /* the system has them */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define BYTE_ORDER BIG_ENDIAN
#endif

#ifdef __cplusplus
extern "C" {
#endif
void musubi_test_lwip_assert(const char* what, const char* file, int line);
unsigned musubi_test_lwip_random(void);
#ifdef __cplusplus
}
#endif

#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(what) musubi_test_lwip_assert(what, __FILE__, __LINE__)
#define LWIP_RAND() musubi_test_lwip_random()
