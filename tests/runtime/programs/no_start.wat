;; SPDX-License-Identifier: BSD-2-Clause
;; Exports nothing that could be run.
(module
  (memory (export "memory") 1)
  (func (export "run")))
