/* lwIP in the tests: both ends of every connection in one stack, on one interface whose frames come
   back. Small enough that its pools run out where a test wants it. */
#pragma once

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_ARP 0
#define LWIP_ETHERNET 0
#define LWIP_RAW 0
#define LWIP_UDP 0
#define LWIP_DHCP 0
#define LWIP_TCP 1
#define IP_REASSEMBLY 0
#define IP_FRAG 0

#define TCP_MSS 536
#define TCP_WND (4 * TCP_MSS)
#define TCP_SND_BUF (4 * TCP_MSS)
#define TCP_SND_QUEUELEN 16
#define TCP_SNDLOWAT (TCP_SND_BUF / 2)
#define TCP_OVERSIZE 0
#define TCP_OOSEQ_MAX_PBUFS 4
#define TCP_MSL 2000UL

/* eight streams, their other ends, and those that are closing */
#define MEMP_NUM_TCP_PCB 32
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_TCP_SEG 128
#define MEMP_NUM_SYS_TIMEOUT (LWIP_NUM_SYS_TIMEOUT_INTERNAL + 1) /* of the MQTT client */
#define MQTT_OUTPUT_RINGBUF_SIZE 320
#define MQTT_VAR_HEADER_BUFFER_LEN 256
#define MEM_ALIGNMENT 8
#define MEM_SIZE (24 * 1024)
#define PBUF_POOL_SIZE 24

#define LWIP_STATS 1
#define MEM_STATS 1
#define MEMP_STATS 1
