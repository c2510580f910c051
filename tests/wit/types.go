// SPDX-License-Identifier: BSD-2-Clause

// Package types is what the types of wit-bindgen's Go generator need of a module of its own.
package types

// Tuple2 is tuple<A, B>.
type Tuple2[A, B any] struct {
	F0 A
	F1 B
}
