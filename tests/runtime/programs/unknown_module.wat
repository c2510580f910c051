;; SPDX-License-Identifier: BSD-2-Clause
;; Imports from a module that is neither WASI nor the host interface.
(module
  (import "env" "helper" (func $helper))
  (memory (export "memory") 1)
  (func (export "_start") (call $helper)))
