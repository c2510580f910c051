
typedef uint8_t u8;
WBPF_ASSERT_SIZE(u8, 1);

typedef u8 bytes_t[6];
WBPF_ASSERT_SIZE(bytes_t, 6);

typedef bytes_t mac_t;
WBPF_ASSERT_SIZE(mac_t, 6);

typedef uint64_t handler_ptr_t; /* handler_t * */
WBPF_ASSERT_SIZE(handler_ptr_t, 8);

typedef const volatile uint16_t cv_t;
WBPF_ASSERT_SIZE(cv_t, 2);

struct node {
	uint64_t next; /* node_t * */
	mac_t mac;
	uint16_t : 16;
	handler_ptr_t handler;
	uint64_t direct; /* handler_t * */
	cv_t cv;
	uint8_t u8; /* u8 */
	uint8_t second; /* u8 */
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct node, 40);
WBPF_ASSERT_OFFSET(struct node, next, 0);
WBPF_ASSERT_OFFSET(struct node, mac, 8);
WBPF_ASSERT_OFFSET(struct node, handler, 16);
WBPF_ASSERT_OFFSET(struct node, direct, 24);
WBPF_ASSERT_OFFSET(struct node, cv, 32);
WBPF_ASSERT_OFFSET(struct node, u8, 34);
WBPF_ASSERT_OFFSET(struct node, second, 35);

typedef struct node node_t;
WBPF_ASSERT_SIZE(node_t, 40);

#endif /* WBPF_TYPEDEFS_BPF_TYPES_H_259AEEE7 */
