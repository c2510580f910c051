;; SPDX-License-Identifier: BSD-2-Clause
;; Imports a call that the host interface does not have.
(module
  (import "wbpf1" "no_such_call" (func $call (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $call (i32.const 0)))))
