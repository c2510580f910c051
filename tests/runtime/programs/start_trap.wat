;; SPDX-License-Identifier: BSD-2-Clause
;; Traps before its _start is called.
(module
  (memory (export "memory") 1)
  (func $begin unreachable)
  (func (export "_start"))
  (start $begin))
