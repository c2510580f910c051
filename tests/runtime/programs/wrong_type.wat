;; SPDX-License-Identifier: BSD-2-Clause
;; Imports a call of the host interface with another type.
(module
  (import "wbpf1" "close" (func $close (param i64) (result i64)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $close (i64.const 0)))))
