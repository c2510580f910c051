
/* Names that C++ has other uses for have an underscore behind them there. */
#ifdef __cplusplus
#define wbpf_name_circle circle_
#define wbpf_name_circle___2 circle___2_
#define wbpf_name_class class_
#define wbpf_name_flags flags_
#define wbpf_name_kfifo kfifo_
#define wbpf_name_point point_
#define wbpf_name_wbpf_name_class wbpf_name_class_
#else
#define wbpf_name_circle circle
#define wbpf_name_circle___2 circle___2
#define wbpf_name_class class
#define wbpf_name_flags flags
#define wbpf_name_kfifo kfifo
#define wbpf_name_point point
#define wbpf_name_wbpf_name_class wbpf_name_class
#endif

/* Types whose names a field has as well, which in C++ hides them. */
#ifdef __cplusplus
#define wbpf_type_place ::place
#else
#define wbpf_type_place place
#endif

typedef int64_t wbpf_name_circle; /* long */
WBPF_ASSERT_SIZE(wbpf_name_circle, 8);

struct circle {
	int32_t radius;
};
WBPF_ASSERT_SIZE(struct circle, 4);
WBPF_ASSERT_OFFSET(struct circle, radius, 0);

typedef struct circle wbpf_name_circle___2;
WBPF_ASSERT_SIZE(wbpf_name_circle___2, 4);

struct kfifo {
	union {
		struct {
			int32_t in;
			char wbpf_name_kfifo;
			uint8_t : 8;
			uint16_t : 16;
		};
		uint64_t type; /* int * */
	};
	struct {
		int32_t kfifo;
	} inner;
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct kfifo, 16);
WBPF_ASSERT_OFFSET(struct kfifo, in, 0);
WBPF_ASSERT_OFFSET(struct kfifo, wbpf_name_kfifo, 4);
WBPF_ASSERT_OFFSET(struct kfifo, type, 0);
WBPF_ASSERT_OFFSET(struct kfifo, inner, 8);
WBPF_ASSERT_OFFSET(struct kfifo, inner.kfifo, 8);

union irte {
	struct {
		int64_t irte__; /* long */
		int64_t irte_; /* long */
	};
};
WBPF_ASSERT_SIZE(union irte, 16);
WBPF_ASSERT_OFFSET(union irte, irte__, 0);
WBPF_ASSERT_OFFSET(union irte, irte_, 8);

struct direct {
	int32_t direct;
};
WBPF_ASSERT_SIZE(struct direct, 4);
WBPF_ASSERT_OFFSET(struct direct, direct, 0);

struct wbpf_name_class {
	struct {
		int32_t wbpf_name_wbpf_name_class;
	};
};
WBPF_ASSERT_SIZE(struct wbpf_name_class, 4);
WBPF_ASSERT_OFFSET(struct wbpf_name_class, wbpf_name_wbpf_name_class, 0);

typedef int64_t wbpf_name_point; /* long */
WBPF_ASSERT_SIZE(wbpf_name_point, 8);

struct point {
	int32_t x;
};
WBPF_ASSERT_SIZE(struct point, 4);
WBPF_ASSERT_OFFSET(struct point, x, 0);

typedef struct point pair[2];
WBPF_ASSERT_SIZE(pair, 8);

struct rect {
	int32_t width;
};
WBPF_ASSERT_SIZE(struct rect, 4);
WBPF_ASSERT_OFFSET(struct rect, width, 0);

typedef struct rect rect;
WBPF_ASSERT_SIZE(rect, 4);

struct flags {
	struct {
		uint32_t wbpf_name_flags : 3;
		uint32_t rest : 5;
		uint8_t : 8;
		uint16_t : 16;
	};
};
WBPF_ASSERT_SIZE(struct flags, 4);

typedef enum {
	OFF = 0,
	ON = 1,
} mode;
WBPF_ASSERT_SIZE(mode, 4);

typedef uint64_t callback; /* void (*)(int) */
WBPF_ASSERT_SIZE(callback, 8);

typedef struct {
	int32_t x;
} place;
WBPF_ASSERT_SIZE(place, 4);
WBPF_ASSERT_OFFSET(place, x, 0);

struct hiding {
	uint32_t mode; /* mode */
	uint32_t old_mode; /* mode */
	uint64_t callback; /* callback */
	uint64_t old_callback; /* callback */
	wbpf_type_place place;
	wbpf_type_place places[2];
	uint32_t : 32;
};
WBPF_ASSERT_SIZE(struct hiding, 40);
WBPF_ASSERT_OFFSET(struct hiding, mode, 0);
WBPF_ASSERT_OFFSET(struct hiding, old_mode, 4);
WBPF_ASSERT_OFFSET(struct hiding, callback, 8);
WBPF_ASSERT_OFFSET(struct hiding, old_callback, 16);
WBPF_ASSERT_OFFSET(struct hiding, place, 24);
WBPF_ASSERT_OFFSET(struct hiding, places, 28);

#undef wbpf_name_circle
#undef wbpf_name_circle___2
#undef wbpf_name_class
#undef wbpf_name_flags
#undef wbpf_name_kfifo
#undef wbpf_name_point
#undef wbpf_name_wbpf_name_class

#undef wbpf_type_place

#endif /* WBPF_CXX_NAMES_BPF_TYPES_H_CB5C4724 */
