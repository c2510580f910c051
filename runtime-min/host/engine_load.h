/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wasmtime's functions, found when the process runs: its library is large, and loading it takes a
 * good part of a start, so that is done beside other things and not before main().
 *
 * To use another function of Wasmtime: add it to the list, and below it.
 */
#ifndef WBPF_HOST_ENGINE_LOAD_H
#define WBPF_HOST_ENGINE_LOAD_H

#include <wasi.h>
#include <wasm.h>
#include <wasmtime.h>

#include "base/diag.h"

/* clang-format off */
#define WASMTIME_FUNCTIONS(X) \
	X(wasi_config_delete) \
	X(wasi_config_inherit_stderr) \
	X(wasi_config_inherit_stdin) \
	X(wasi_config_inherit_stdout) \
	X(wasi_config_new) \
	X(wasi_config_preopen_dir) \
	X(wasi_config_set_argv) \
	X(wasi_config_set_env) \
	X(wasm_byte_vec_delete) \
	X(wasm_byte_vec_new) \
	X(wasm_config_new) \
	X(wasm_engine_delete) \
	X(wasm_engine_new_with_config) \
	X(wasm_frame_vec_delete) \
	X(wasm_functype_delete) \
	X(wasm_functype_new) \
	X(wasm_importtype_module) \
	X(wasm_importtype_name) \
	X(wasm_importtype_vec_delete) \
	X(wasm_trap_delete) \
	X(wasm_trap_message) \
	X(wasm_valtype_new) \
	X(wasm_valtype_vec_new) \
	X(wasm_valtype_vec_new_empty) \
	X(wasmtime_caller_context) \
	X(wasmtime_caller_export_get) \
	X(wasmtime_component_delete) \
	X(wasmtime_component_deserialize) \
	X(wasmtime_component_export_index_delete) \
	X(wasmtime_component_func_call) \
	X(wasmtime_component_get_export_index) \
	X(wasmtime_component_instance_get_func) \
	X(wasmtime_component_instance_type_export_count) \
	X(wasmtime_component_instance_type_export_nth) \
	X(wasmtime_component_item_delete) \
	X(wasmtime_component_linker_add_wasip2) \
	X(wasmtime_component_linker_allow_shadowing) \
	X(wasmtime_component_linker_delete) \
	X(wasmtime_component_linker_instance_add_func) \
	X(wasmtime_component_linker_instance_add_instance) \
	X(wasmtime_component_linker_instance_add_resource) \
	X(wasmtime_component_linker_instance_delete) \
	X(wasmtime_component_linker_instantiate) \
	X(wasmtime_component_linker_new) \
	X(wasmtime_component_linker_root) \
	X(wasmtime_component_new) \
	X(wasmtime_component_resource_any_delete) \
	X(wasmtime_component_resource_any_drop) \
	X(wasmtime_component_resource_any_to_host) \
	X(wasmtime_component_resource_host_delete) \
	X(wasmtime_component_resource_host_new) \
	X(wasmtime_component_resource_host_rep) \
	X(wasmtime_component_resource_host_to_any) \
	X(wasmtime_component_resource_host_type) \
	X(wasmtime_component_resource_type_delete) \
	X(wasmtime_component_resource_type_new_host) \
	X(wasmtime_component_serialize) \
	X(wasmtime_component_type) \
	X(wasmtime_component_type_delete) \
	X(wasmtime_component_type_export_count) \
	X(wasmtime_component_type_export_nth) \
	X(wasmtime_component_type_import_count) \
	X(wasmtime_component_type_import_nth) \
	X(wasmtime_component_val_delete) \
	X(wasmtime_component_val_new) \
	X(wasmtime_component_valflags_new_uninit) \
	X(wasmtime_component_vallist_new_uninit) \
	X(wasmtime_component_valrecord_new_uninit) \
	X(wasmtime_config_cranelift_opt_level_set) \
	X(wasmtime_config_cranelift_regalloc_algorithm_set) \
	X(wasmtime_config_host_memory_creator_set) \
	X(wasmtime_config_memory_init_cow_set) \
	X(wasmtime_config_memory_may_move_set) \
	X(wasmtime_config_memory_reservation_set) \
	X(wasmtime_config_native_unwind_info_set) \
	X(wasmtime_config_parallel_compilation_set) \
	X(wasmtime_config_shared_memory_set) \
	X(wasmtime_config_strategy_set) \
	X(wasmtime_config_wasm_memory64_set) \
	X(wasmtime_config_wasm_multi_memory_set) \
	X(wasmtime_config_wasm_threads_set) \
	X(wasmtime_context_set_wasi) \
	X(wasmtime_error_delete) \
	X(wasmtime_error_exit_status) \
	X(wasmtime_error_message) \
	X(wasmtime_error_new) \
	X(wasmtime_error_wasm_trace) \
	X(wasmtime_extern_delete) \
	X(wasmtime_func_call) \
	X(wasmtime_instance_export_get) \
	X(wasmtime_instance_pre_delete) \
	X(wasmtime_instance_pre_instantiate) \
	X(wasmtime_linker_allow_shadowing) \
	X(wasmtime_linker_define_func_unchecked) \
	X(wasmtime_linker_define_wasi) \
	X(wasmtime_linker_delete) \
	X(wasmtime_linker_get) \
	X(wasmtime_linker_instantiate_pre) \
	X(wasmtime_linker_new) \
	X(wasmtime_memory_data) \
	X(wasmtime_module_delete) \
	X(wasmtime_module_deserialize) \
	X(wasmtime_module_imports) \
	X(wasmtime_module_new) \
	X(wasmtime_module_serialize) \
	X(wasmtime_store_context) \
	X(wasmtime_store_delete) \
	X(wasmtime_store_limiter) \
	X(wasmtime_store_new) \
	X(wasmtime_trap_new)
/* clang-format on */

struct wasmtime_functions {
#define FUNCTION(name) __typeof__(name) *name;
	WASMTIME_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

/* There once engine_load() has said so. */
extern struct wasmtime_functions wasmtime_functions;

/* Loads the library, once for the process. 0, or -ELIBACC with d set. */
int engine_load(struct diag *d);

#ifndef WASMTIME_FUNCTIONS_ONLY
/* clang-format off */
#define wasi_config_delete (*wasmtime_functions.wasi_config_delete)
#define wasi_config_inherit_stderr (*wasmtime_functions.wasi_config_inherit_stderr)
#define wasi_config_inherit_stdin (*wasmtime_functions.wasi_config_inherit_stdin)
#define wasi_config_inherit_stdout (*wasmtime_functions.wasi_config_inherit_stdout)
#define wasi_config_new (*wasmtime_functions.wasi_config_new)
#define wasi_config_preopen_dir (*wasmtime_functions.wasi_config_preopen_dir)
#define wasi_config_set_argv (*wasmtime_functions.wasi_config_set_argv)
#define wasi_config_set_env (*wasmtime_functions.wasi_config_set_env)
#define wasm_byte_vec_delete (*wasmtime_functions.wasm_byte_vec_delete)
#define wasm_byte_vec_new (*wasmtime_functions.wasm_byte_vec_new)
#define wasm_config_new (*wasmtime_functions.wasm_config_new)
#define wasm_engine_delete (*wasmtime_functions.wasm_engine_delete)
#define wasm_engine_new_with_config (*wasmtime_functions.wasm_engine_new_with_config)
#define wasm_frame_vec_delete (*wasmtime_functions.wasm_frame_vec_delete)
#define wasm_functype_delete (*wasmtime_functions.wasm_functype_delete)
#define wasm_functype_new (*wasmtime_functions.wasm_functype_new)
#define wasm_importtype_module (*wasmtime_functions.wasm_importtype_module)
#define wasm_importtype_name (*wasmtime_functions.wasm_importtype_name)
#define wasm_importtype_vec_delete (*wasmtime_functions.wasm_importtype_vec_delete)
#define wasm_trap_delete (*wasmtime_functions.wasm_trap_delete)
#define wasm_trap_message (*wasmtime_functions.wasm_trap_message)
#define wasm_valtype_new (*wasmtime_functions.wasm_valtype_new)
#define wasm_valtype_vec_new (*wasmtime_functions.wasm_valtype_vec_new)
#define wasm_valtype_vec_new_empty (*wasmtime_functions.wasm_valtype_vec_new_empty)
#define wasmtime_caller_context (*wasmtime_functions.wasmtime_caller_context)
#define wasmtime_caller_export_get (*wasmtime_functions.wasmtime_caller_export_get)
#define wasmtime_component_delete (*wasmtime_functions.wasmtime_component_delete)
#define wasmtime_component_deserialize (*wasmtime_functions.wasmtime_component_deserialize)
#define wasmtime_component_export_index_delete (*wasmtime_functions.wasmtime_component_export_index_delete)
#define wasmtime_component_func_call (*wasmtime_functions.wasmtime_component_func_call)
#define wasmtime_component_get_export_index (*wasmtime_functions.wasmtime_component_get_export_index)
#define wasmtime_component_instance_get_func (*wasmtime_functions.wasmtime_component_instance_get_func)
#define wasmtime_component_instance_type_export_count (*wasmtime_functions.wasmtime_component_instance_type_export_count)
#define wasmtime_component_instance_type_export_nth (*wasmtime_functions.wasmtime_component_instance_type_export_nth)
#define wasmtime_component_item_delete (*wasmtime_functions.wasmtime_component_item_delete)
#define wasmtime_component_linker_add_wasip2 (*wasmtime_functions.wasmtime_component_linker_add_wasip2)
#define wasmtime_component_linker_allow_shadowing (*wasmtime_functions.wasmtime_component_linker_allow_shadowing)
#define wasmtime_component_linker_delete (*wasmtime_functions.wasmtime_component_linker_delete)
#define wasmtime_component_linker_instance_add_func (*wasmtime_functions.wasmtime_component_linker_instance_add_func)
#define wasmtime_component_linker_instance_add_instance (*wasmtime_functions.wasmtime_component_linker_instance_add_instance)
#define wasmtime_component_linker_instance_add_resource (*wasmtime_functions.wasmtime_component_linker_instance_add_resource)
#define wasmtime_component_linker_instance_delete (*wasmtime_functions.wasmtime_component_linker_instance_delete)
#define wasmtime_component_linker_instantiate (*wasmtime_functions.wasmtime_component_linker_instantiate)
#define wasmtime_component_linker_new (*wasmtime_functions.wasmtime_component_linker_new)
#define wasmtime_component_linker_root (*wasmtime_functions.wasmtime_component_linker_root)
#define wasmtime_component_new (*wasmtime_functions.wasmtime_component_new)
#define wasmtime_component_resource_any_delete (*wasmtime_functions.wasmtime_component_resource_any_delete)
#define wasmtime_component_resource_any_drop (*wasmtime_functions.wasmtime_component_resource_any_drop)
#define wasmtime_component_resource_any_to_host (*wasmtime_functions.wasmtime_component_resource_any_to_host)
#define wasmtime_component_resource_host_delete (*wasmtime_functions.wasmtime_component_resource_host_delete)
#define wasmtime_component_resource_host_new (*wasmtime_functions.wasmtime_component_resource_host_new)
#define wasmtime_component_resource_host_rep (*wasmtime_functions.wasmtime_component_resource_host_rep)
#define wasmtime_component_resource_host_to_any (*wasmtime_functions.wasmtime_component_resource_host_to_any)
#define wasmtime_component_resource_host_type (*wasmtime_functions.wasmtime_component_resource_host_type)
#define wasmtime_component_resource_type_delete (*wasmtime_functions.wasmtime_component_resource_type_delete)
#define wasmtime_component_resource_type_new_host (*wasmtime_functions.wasmtime_component_resource_type_new_host)
#define wasmtime_component_serialize (*wasmtime_functions.wasmtime_component_serialize)
#define wasmtime_component_type (*wasmtime_functions.wasmtime_component_type)
#define wasmtime_component_type_delete (*wasmtime_functions.wasmtime_component_type_delete)
#define wasmtime_component_type_export_count (*wasmtime_functions.wasmtime_component_type_export_count)
#define wasmtime_component_type_export_nth (*wasmtime_functions.wasmtime_component_type_export_nth)
#define wasmtime_component_type_import_count (*wasmtime_functions.wasmtime_component_type_import_count)
#define wasmtime_component_type_import_nth (*wasmtime_functions.wasmtime_component_type_import_nth)
#define wasmtime_component_val_delete (*wasmtime_functions.wasmtime_component_val_delete)
#define wasmtime_component_val_new (*wasmtime_functions.wasmtime_component_val_new)
#define wasmtime_component_valflags_new_uninit (*wasmtime_functions.wasmtime_component_valflags_new_uninit)
#define wasmtime_component_vallist_new_uninit (*wasmtime_functions.wasmtime_component_vallist_new_uninit)
#define wasmtime_component_valrecord_new_uninit (*wasmtime_functions.wasmtime_component_valrecord_new_uninit)
#define wasmtime_config_cranelift_opt_level_set (*wasmtime_functions.wasmtime_config_cranelift_opt_level_set)
#define wasmtime_config_cranelift_regalloc_algorithm_set (*wasmtime_functions.wasmtime_config_cranelift_regalloc_algorithm_set)
#define wasmtime_config_host_memory_creator_set (*wasmtime_functions.wasmtime_config_host_memory_creator_set)
#define wasmtime_config_memory_init_cow_set (*wasmtime_functions.wasmtime_config_memory_init_cow_set)
#define wasmtime_config_memory_may_move_set (*wasmtime_functions.wasmtime_config_memory_may_move_set)
#define wasmtime_config_memory_reservation_set (*wasmtime_functions.wasmtime_config_memory_reservation_set)
#define wasmtime_config_native_unwind_info_set (*wasmtime_functions.wasmtime_config_native_unwind_info_set)
#define wasmtime_config_parallel_compilation_set (*wasmtime_functions.wasmtime_config_parallel_compilation_set)
#define wasmtime_config_shared_memory_set (*wasmtime_functions.wasmtime_config_shared_memory_set)
#define wasmtime_config_strategy_set (*wasmtime_functions.wasmtime_config_strategy_set)
#define wasmtime_config_wasm_memory64_set (*wasmtime_functions.wasmtime_config_wasm_memory64_set)
#define wasmtime_config_wasm_multi_memory_set (*wasmtime_functions.wasmtime_config_wasm_multi_memory_set)
#define wasmtime_config_wasm_threads_set (*wasmtime_functions.wasmtime_config_wasm_threads_set)
#define wasmtime_context_set_wasi (*wasmtime_functions.wasmtime_context_set_wasi)
#define wasmtime_error_delete (*wasmtime_functions.wasmtime_error_delete)
#define wasmtime_error_exit_status (*wasmtime_functions.wasmtime_error_exit_status)
#define wasmtime_error_message (*wasmtime_functions.wasmtime_error_message)
#define wasmtime_error_new (*wasmtime_functions.wasmtime_error_new)
#define wasmtime_error_wasm_trace (*wasmtime_functions.wasmtime_error_wasm_trace)
#define wasmtime_extern_delete (*wasmtime_functions.wasmtime_extern_delete)
#define wasmtime_func_call (*wasmtime_functions.wasmtime_func_call)
#define wasmtime_instance_export_get (*wasmtime_functions.wasmtime_instance_export_get)
#define wasmtime_instance_pre_delete (*wasmtime_functions.wasmtime_instance_pre_delete)
#define wasmtime_instance_pre_instantiate (*wasmtime_functions.wasmtime_instance_pre_instantiate)
#define wasmtime_linker_allow_shadowing (*wasmtime_functions.wasmtime_linker_allow_shadowing)
#define wasmtime_linker_define_func_unchecked (*wasmtime_functions.wasmtime_linker_define_func_unchecked)
#define wasmtime_linker_define_wasi (*wasmtime_functions.wasmtime_linker_define_wasi)
#define wasmtime_linker_delete (*wasmtime_functions.wasmtime_linker_delete)
#define wasmtime_linker_get (*wasmtime_functions.wasmtime_linker_get)
#define wasmtime_linker_instantiate_pre (*wasmtime_functions.wasmtime_linker_instantiate_pre)
#define wasmtime_linker_new (*wasmtime_functions.wasmtime_linker_new)
#define wasmtime_memory_data (*wasmtime_functions.wasmtime_memory_data)
#define wasmtime_module_delete (*wasmtime_functions.wasmtime_module_delete)
#define wasmtime_module_deserialize (*wasmtime_functions.wasmtime_module_deserialize)
#define wasmtime_module_imports (*wasmtime_functions.wasmtime_module_imports)
#define wasmtime_module_new (*wasmtime_functions.wasmtime_module_new)
#define wasmtime_module_serialize (*wasmtime_functions.wasmtime_module_serialize)
#define wasmtime_store_context (*wasmtime_functions.wasmtime_store_context)
#define wasmtime_store_delete (*wasmtime_functions.wasmtime_store_delete)
#define wasmtime_store_limiter (*wasmtime_functions.wasmtime_store_limiter)
#define wasmtime_store_new (*wasmtime_functions.wasmtime_store_new)
#define wasmtime_trap_new (*wasmtime_functions.wasmtime_trap_new)
/* clang-format on */
#endif

#endif
