;; SPDX-License-Identifier: BSD-2-Clause
;; Calls the host with handles and addresses that are wrong. Each must give the right errno; the
;; first one that does not ends the module with an exit status of its own (10, 11, ...).
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wbpf1" "start" (func $start (param i32) (result i32)))
  (import "wbpf1" "bpf" (func $bpf (param i32 i32 i32) (result i32)))
  (import "wbpf1" "close" (func $close (param i32) (result i32)))
  (import "wbpf1" "object_open" (func $open (param i32 i32 i32 i32) (result i32)))
  (import "wbpf1" "object_load" (func $load (param i32) (result i32)))
  (import "wbpf1" "get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "wbpf1" "memory_map" (func $map (param i32 i32 i64 i32 i32) (result i32)))
  (import "wbpf1" "poll_create" (func $poll_create (result i32)))
  (import "wbpf1" "poll_wait" (func $poll_wait (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 1024) "no ELF file at all")
  (func $expect (param $status i32) (param $is i32) (param $want i32)
    (if (i32.ne (local.get $is) (local.get $want)) (then (call $exit (local.get $status)))))
  (func (export "_start") (local $poll i32)
    ;; the shared block: outside memory, then right
    (call $expect (i32.const 10) (call $start (i32.const -8)) (i32.const -14))
    (i32.store (i32.const 64) (i32.const 40))
    (call $expect (i32.const 11) (i32.lt_s (call $start (i32.const 64)) (i32.const 0)) (i32.const 0))
    ;; handles that are none, one that is closed, one of another kind
    (call $expect (i32.const 12) (call $close (i32.const -1)) (i32.const -9))
    (call $expect (i32.const 13) (call $close (i32.const 3)) (i32.const -9))
    (call $expect (i32.const 14) (call $load (i32.const 0x44000001)) (i32.const -9))
    (local.set $poll (call $poll_create))
    (call $expect (i32.const 15) (i32.gt_s (local.get $poll) (i32.const 0)) (i32.const 1))
    (call $expect (i32.const 16) (call $load (local.get $poll)) (i32.const -9))
    (call $expect (i32.const 17) (call $poll_wait (local.get $poll) (i32.const -16) (i32.const 4) (i32.const 0)) (i32.const -14))
    (call $expect (i32.const 18) (call $close (local.get $poll)) (i32.const 0))
    (call $expect (i32.const 19) (call $close (local.get $poll)) (i32.const -9))
    ;; spans that leave memory
    (call $expect (i32.const 20) (call $open (i32.const 1024) (i32.const 200000) (i32.const 0) (i32.const 0)) (i32.const -14))
    (call $expect (i32.const 21) (call $bpf (i32.const 0) (i32.const -8) (i32.const 64)) (i32.const -14))
    ;; what is no object, what is no command
    (call $expect (i32.const 22) (i32.lt_s (call $open (i32.const 1024) (i32.const 18) (i32.const 0) (i32.const 0)) (i32.const 0)) (i32.const 1))
    (call $expect (i32.const 23) (call $bpf (i32.const 9999) (i32.const 2048) (i32.const 64)) (i32.const -1))
    (call $expect (i32.const 24) (call $map (i32.const -1) (i32.const 3) (i64.const 0) (i32.const 65536) (i32.const 4096)) (i32.const -9))
    (call $expect (i32.const 25) (call $get (i32.const 0x48000001) (i32.const 1) (i32.const 2048) (i32.const 16)) (i32.const -9))))
