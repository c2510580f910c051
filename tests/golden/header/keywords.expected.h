
/* Names that C++ has other uses for have an underscore behind them there. */
#ifdef __cplusplus
#define wbpf_name_delete delete_
#define wbpf_name_namespace namespace_
#define wbpf_name_private private_
#define wbpf_name_template template_
#define wbpf_name_this this_
#define wbpf_name_typename typename_
#define wbpf_name_using using_
#define wbpf_name_virtual virtual_
#else
#define wbpf_name_delete delete
#define wbpf_name_namespace namespace
#define wbpf_name_private private
#define wbpf_name_template template
#define wbpf_name_this this
#define wbpf_name_typename typename
#define wbpf_name_using using
#define wbpf_name_virtual virtual
#endif

struct class___bpf {
	int32_t new__;
	int32_t new_;
	struct {
		int32_t wbpf_name_this;
	} wbpf_name_template;
	uint32_t wbpf_name_private : 3;
	uint8_t : 5, : 8;
	uint16_t : 16;
	int32_t wbpf_name_typename[2];
};
WBPF_ASSERT_SIZE(struct class___bpf, 24);
WBPF_ASSERT_OFFSET(struct class___bpf, new__, 0);
WBPF_ASSERT_OFFSET(struct class___bpf, new_, 4);
WBPF_ASSERT_OFFSET(struct class___bpf, wbpf_name_template, 8);
WBPF_ASSERT_OFFSET(struct class___bpf, wbpf_name_template.wbpf_name_this, 8);
WBPF_ASSERT_OFFSET(struct class___bpf, wbpf_name_typename, 16);

struct class_ {
	int32_t a;
};
WBPF_ASSERT_SIZE(struct class_, 4);
WBPF_ASSERT_OFFSET(struct class_, a, 0);

enum wbpf_name_namespace {
	wbpf_name_delete = 0,
	wbpf_name_using = 5,
};
WBPF_ASSERT_SIZE(enum wbpf_name_namespace, 4);

typedef int32_t wbpf_name_virtual;
WBPF_ASSERT_SIZE(wbpf_name_virtual, 4);

struct holder {
	struct class___bpf class__;
	struct class_ class_;
	enum wbpf_name_namespace wbpf_name_namespace;
	int32_t wbpf_name_virtual; /* virtual */
};
WBPF_ASSERT_SIZE(struct holder, 36);
WBPF_ASSERT_OFFSET(struct holder, class__, 0);
WBPF_ASSERT_OFFSET(struct holder, class_, 24);
WBPF_ASSERT_OFFSET(struct holder, wbpf_name_namespace, 28);
WBPF_ASSERT_OFFSET(struct holder, wbpf_name_virtual, 32);

#undef wbpf_name_delete
#undef wbpf_name_namespace
#undef wbpf_name_private
#undef wbpf_name_template
#undef wbpf_name_this
#undef wbpf_name_typename
#undef wbpf_name_using
#undef wbpf_name_virtual

#endif /* WBPF_KEYWORDS_BPF_TYPES_H_9FC17A0E */
