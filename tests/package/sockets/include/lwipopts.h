#pragma once

#define LWIP_SOCKET_POLL 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_TCPIP_CORE_LOCKING 1
#define MEMP_NUM_NETCONN 16
#define LWIP_ERRNO_STDINCLUDE 1 /* errno is the C library's */

/* Debian's lwIP leaves the lengths of addresses to its port. */
#define IP4ADDR_SOCKADDR_SET_LEN(sin) ((sin)->sin_len = sizeof *(sin))
#define IPADDR_SOCKADDR_GET_LEN(addr) ((addr)->sa.sa_len)
