;; SPDX-License-Identifier: BSD-2-Clause
;; Wants a later major version of the host interface.
(module
  (import "wbpf2" "start" (func $start (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $start (i32.const 0)))))
