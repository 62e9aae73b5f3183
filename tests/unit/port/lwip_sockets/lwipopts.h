/* lwIP with a thread of its own, and the loopback interface alone. */
#pragma once

#define NO_SYS 0
#define LWIP_IPV6 0
#define LWIP_ARP 0
#define LWIP_ETHERNET 0
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_LOOPBACK_MAX_PBUFS 0
#define LWIP_SOCKET_POLL 1
#define LWIP_COMPAT_SOCKETS 0
#define LWIP_TCPIP_CORE_LOCKING 1
#define LWIP_SO_RCVTIMEO 1
#define LWIP_SOCKET_OFFSET 0
#define LWIP_STATS 0
#define LWIP_DNS 0

#define TCPIP_MBOX_SIZE 64
#define DEFAULT_TCP_RECVMBOX_SIZE 64
#define DEFAULT_UDP_RECVMBOX_SIZE 64
#define DEFAULT_ACCEPTMBOX_SIZE 32
#define MEMP_NUM_NETCONN 64
#define MEMP_NUM_TCP_PCB 64
#define MEMP_NUM_TCP_PCB_LISTEN 4
#define MEMP_NUM_TCP_SEG 512
#define MEMP_NUM_NETBUF 256
#define MEMP_NUM_PBUF 256
#define MEMP_NUM_TCPIP_MSG_INPKT 256
#define MEM_ALIGNMENT 8
#define MEM_SIZE (512 * 1024)
#define PBUF_POOL_SIZE 256
#define TCP_MSS 1460
#define TCP_WND (4 * TCP_MSS)
#define TCP_SND_BUF (4 * TCP_MSS)
#define TCP_SND_QUEUELEN 32

/* Debian's lwIP leaves the lengths of addresses to its port. */
#define IP4ADDR_SOCKADDR_SET_LEN(sin) ((sin)->sin_len = sizeof *(sin))
#define IPADDR_SOCKADDR_GET_LEN(addr) ((addr)->sa.sa_len)

/* Its port for Unix takes these from headers of the system's, which have other sockets as well. */
#define htons lwip_htons
#define ntohs lwip_htons
#define htonl lwip_htonl
#define ntohl lwip_htonl

#ifdef __cplusplus
extern "C" {
#endif
struct pbuf;
int musubi_test_takes(struct pbuf* packet);
#ifdef __cplusplus
}
#endif
#define LWIP_HOOK_IP4_INPUT(packet, netif) musubi_test_takes(packet)
