;; Searches a buffer for landmarks and counts its line ends, 16 characters at a time. Assembled by scripts/wasm.mjs into line-scan-code.ts.
;;
;; Memory, as line-scan.ts lays it out:
;;       0  bitmap of the hashes of grams, 262,144 bits
;;   32768  first entry of each hash's chain, 4,096 x u16; 0 is none
;;   40960  masks: for each of 4 characters the buckets of its low half (16 bytes) and of its high half (16 bytes)
;;   41088  entries of 16 bytes: gram u32, address of the landmark u32, its length u16, offset of the gram in it u16, next entry u16
;;  131072  the text
;;
;; A gram is four ASCII characters, the first one in the lowest byte. `width` is 1 for 8-bit text, 2 for UTF-16; `swap` is 8 where the high byte
;; of a code unit comes first, else 0. Text is followed by at least 64 bytes that may be read.
(module
  (memory (export "memory") 3)
  (global $width (mut i32) (i32.const 1))
  (global $swap (mut i32) (i32.const 0))

  (func (export "configure") (param $width i32) (param $swap i32)
    (global.set $width (local.get $width))
    (global.set $swap (local.get $swap)))

  ;; The gram at `at`; 0 where one of the four is no ASCII character of UTF-16.
  (func $gram (param $at i32) (result i32)
    (local $units i64)
    (if (i32.eq (global.get $width) (i32.const 1)) (then (return (i32.load (local.get $at)))))
    (local.set $units (i64.load (local.get $at)))
    (if (global.get $swap) (then
      (if (i64.ne (i64.and (local.get $units) (i64.const 0x00ff00ff00ff00ff)) (i64.const 0)) (then (return (i32.const 0))))
      (local.set $units (i64.shr_u (local.get $units) (i64.const 8)))))
    (if (i64.ne (i64.and (local.get $units) (i64.const 0xff00ff00ff00ff00)) (i64.const 0)) (then (return (i32.const 0))))
    (local.set $units (i64.and (i64.or (local.get $units) (i64.shr_u (local.get $units) (i64.const 8))) (i64.const 0x0000ffff0000ffff)))
    (i32.wrap_i64 (i64.or (local.get $units) (i64.shr_u (local.get $units) (i64.const 16)))))

  ;; Whether the landmark of an entry stands before `end`. Compared from its end: lines of a log differ there.
  (func $stands (param $entry i32) (param $end i32) (result i32)
    (local $letter i32) (local $first i32)
    (local.set $first (i32.load offset=4 (local.get $entry)))
    (local.set $letter (i32.add (local.get $first) (i32.load16_u offset=8 (local.get $entry))))
    (loop $more
      (local.set $end (i32.sub (local.get $end) (global.get $width)))
      (local.set $letter (i32.sub (local.get $letter) (i32.const 1)))
      (if (i32.ne
            (if (result i32) (i32.eq (global.get $width) (i32.const 1))
              (then (i32.load8_u (local.get $end)))
              (else (i32.load16_u (local.get $end))))
            (i32.shl (i32.load8_u (local.get $letter)) (global.get $swap)))
        (then (return (i32.const 0))))
      (br_if $more (i32.gt_u (local.get $letter) (local.get $first))))
    (i32.const 1))

  ;; Whether a landmark that begins with a digit is the beginning of a number: goesOn() of landmark-search.ts says when it is not.
  (func $begins (param $entry i32) (param $start i32) (param $from i32) (result i32)
    (local $before i32)
    (if (i32.gt_u (i32.sub (i32.load8_u (i32.load offset=4 (local.get $entry))) (i32.const 48)) (i32.const 9)) (then (return (i32.const 1))))
    (if (i32.eq (local.get $start) (local.get $from)) (then (return (i32.const 1))))
    (local.set $before (call $unit (i32.sub (local.get $start) (global.get $width))))
    (if (i32.le_u (i32.sub (local.get $before) (i32.const 48)) (i32.const 9)) (then (return (i32.const 0))))
    (if (i32.gt_u (i32.sub (i32.or (local.get $before) (i32.const 32)) (i32.const 97)) (i32.const 25)) (then (return (i32.const 1))))
    (i32.eq (call $unit (i32.sub (local.get $start) (i32.shl (global.get $width) (i32.const 1)))) (i32.const 92)))

  ;; The beginning of a landmark in [from, to) whose gram stands at `at`; -1 when there is none.
  (func $landmark (param $at i32) (param $from i32) (param $to i32) (result i32)
    (local $gram i32) (local $entry i32) (local $start i32) (local $end i32)
    (local.set $gram (call $gram (local.get $at)))
    (local.set $entry (i32.load16_u offset=32768 (i32.shl (i32.shr_u (i32.mul (local.get $gram) (i32.const 0x9e3779b1)) (i32.const 20)) (i32.const 1))))
    (block $none
      (loop $more
        (br_if $none (i32.eqz (local.get $entry)))
        (local.set $entry (i32.add (i32.const 41088) (i32.shl (local.get $entry) (i32.const 4))))
        (if (i32.eq (i32.load (local.get $entry)) (local.get $gram)) (then
          (local.set $start (i32.sub (local.get $at) (i32.mul (i32.load16_u offset=10 (local.get $entry)) (global.get $width))))
          (if (i32.ge_s (local.get $start) (local.get $from)) (then
            (local.set $end (i32.add (local.get $start) (i32.mul (i32.load16_u offset=8 (local.get $entry)) (global.get $width))))
            (if (i32.le_s (local.get $end) (local.get $to)) (then
              (if (call $stands (local.get $entry) (local.get $end)) (then
                (if (call $begins (local.get $entry) (local.get $start) (local.get $from)) (then (return (local.get $start))))))))))))
        (local.set $entry (i32.load16_u offset=12 (local.get $entry)))
        (br $more)))
    (i32.const -1))

  ;; The next long landmark: of every `step` characters the gram is looked up, and one of them lies in each occurrence.
  (func (export "nextLong") (param $from i32) (param $to i32) (param $step i32) (result i32)
    (local $at i32) (local $last i32) (local $hash i32) (local $start i32)
    (local.set $at (local.get $from))
    (local.set $last (i32.sub (local.get $to) (i32.shl (global.get $width) (i32.const 2))))
    (local.set $step (i32.mul (local.get $step) (global.get $width)))
    (block $end
      (if (i32.eq (global.get $width) (i32.const 1))
        (then
          (loop $more
            (br_if $end (i32.gt_s (local.get $at) (local.get $last)))
            (local.set $hash (i32.shr_u (i32.mul (i32.load (local.get $at)) (i32.const 0x9e3779b1)) (i32.const 14)))
            (if (i32.and (i32.shr_u (i32.load8_u (i32.shr_u (local.get $hash) (i32.const 3))) (i32.and (local.get $hash) (i32.const 7))) (i32.const 1)) (then
              (local.set $start (call $landmark (local.get $at) (local.get $from) (local.get $to)))
              (if (i32.ge_s (local.get $start) (i32.const 0)) (then (return (local.get $start))))))
            (local.set $at (i32.add (local.get $at) (local.get $step)))
            (br $more)))
        (else
          (loop $more
            (br_if $end (i32.gt_s (local.get $at) (local.get $last)))
            (local.set $hash (i32.shr_u (i32.mul (call $gram (local.get $at)) (i32.const 0x9e3779b1)) (i32.const 14)))
            (if (i32.and (i32.shr_u (i32.load8_u (i32.shr_u (local.get $hash) (i32.const 3))) (i32.and (local.get $hash) (i32.const 7))) (i32.const 1)) (then
              (local.set $start (call $landmark (local.get $at) (local.get $from) (local.get $to)))
              (if (i32.ge_s (local.get $start) (i32.const 0)) (then (return (local.get $start))))))
            (local.set $at (i32.add (local.get $at) (local.get $step)))
            (br $more)))))
    (i32.const -1))

  ;; Of 16 candidates at `at`, those with a bit set, the first that is a landmark; -1 when none is.
  (func $among (param $lanes i32) (param $at i32) (param $last i32) (param $from i32) (param $to i32) (result i32)
    (local $here i32) (local $start i32)
    (loop $more
      (local.set $here (i32.add (local.get $at) (i32.mul (i32.ctz (local.get $lanes)) (global.get $width))))
      (if (i32.le_s (local.get $here) (local.get $last)) (then
        (local.set $start (call $landmark (local.get $here) (local.get $from) (local.get $to)))
        (if (i32.ge_s (local.get $start) (i32.const 0)) (then (return (local.get $start))))))
      (local.set $lanes (i32.and (local.get $lanes) (i32.sub (local.get $lanes) (i32.const 1))))
      (br_if $more (local.get $lanes)))
    (i32.const -1))

  ;; The next short landmark. A character belongs to those of eight buckets that both of its halves belong to; a candidate is where four
  ;; characters in a row share a bucket (the search called Teddy, of Hyperscan). What the last characters of the block before may begin is
  ;; carried over.
  (func (export "nextShort") (param $from i32) (param $to i32) (result i32)
    (local $at i32) (local $last i32) (local $start i32) (local $stride i32) (local $v v128) (local $h v128) (local $nibble v128)
    (local $m0 v128) (local $m1 v128) (local $m2 v128) (local $m3 v128) (local $p0 v128) (local $p1 v128) (local $p2 v128)
    (local $l0 v128) (local $h0 v128) (local $l1 v128) (local $h1 v128) (local $l2 v128) (local $h2 v128) (local $l3 v128) (local $h3 v128)
    (local.set $nibble (v128.const i8x16 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15 15))
    (local.set $l0 (v128.load offset=40960 (i32.const 0))) (local.set $h0 (v128.load offset=40976 (i32.const 0)))
    (local.set $l1 (v128.load offset=40992 (i32.const 0))) (local.set $h1 (v128.load offset=41008 (i32.const 0)))
    (local.set $l2 (v128.load offset=41024 (i32.const 0))) (local.set $h2 (v128.load offset=41040 (i32.const 0)))
    (local.set $l3 (v128.load offset=41056 (i32.const 0))) (local.set $h3 (v128.load offset=41072 (i32.const 0)))
    (local.set $at (local.get $from))
    (local.set $last (i32.sub (local.get $to) (i32.shl (global.get $width) (i32.const 2))))
    (local.set $stride (i32.shl (global.get $width) (i32.const 4)))
    (block $end
      (loop $more
        ;; Lane n of a block stands for the gram that ends there, so the last one ends three characters after the last beginning.
        (br_if $end (i32.ge_s (local.get $at) (local.get $to)))
        (if (i32.eq (global.get $width) (i32.const 1))
          (then (local.set $v (v128.load (local.get $at))))
          (else (local.set $v (call $narrow (v128.load (local.get $at)) (v128.load offset=16 (local.get $at))))))
        (local.set $h (v128.and (i16x8.shr_u (local.get $v) (i32.const 4)) (local.get $nibble)))
        (local.set $v (v128.and (local.get $v) (local.get $nibble)))
        (local.set $m0 (v128.and (i8x16.swizzle (local.get $l0) (local.get $v)) (i8x16.swizzle (local.get $h0) (local.get $h))))
        (local.set $m1 (v128.and (i8x16.swizzle (local.get $l1) (local.get $v)) (i8x16.swizzle (local.get $h1) (local.get $h))))
        (local.set $m2 (v128.and (i8x16.swizzle (local.get $l2) (local.get $v)) (i8x16.swizzle (local.get $h2) (local.get $h))))
        (local.set $m3 (v128.and (i8x16.swizzle (local.get $l3) (local.get $v)) (i8x16.swizzle (local.get $h3) (local.get $h))))
        (local.set $v (v128.and
          (v128.and
            (local.get $m3)
            (i8x16.shuffle 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 (local.get $p2) (local.get $m2)))
          (v128.and
            (i8x16.shuffle 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 (local.get $p1) (local.get $m1))
            (i8x16.shuffle 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 (local.get $p0) (local.get $m0)))))
        (local.set $p0 (local.get $m0)) (local.set $p1 (local.get $m1)) (local.set $p2 (local.get $m2))
        (if (v128.any_true (local.get $v)) (then
          (local.set $start (call $among (i8x16.bitmask (i8x16.ne (local.get $v) (v128.const i64x2 0 0)))
            (i32.sub (local.get $at) (i32.mul (global.get $width) (i32.const 3))) (local.get $last) (local.get $from) (local.get $to)))
          (if (i32.ge_s (local.get $start) (i32.const 0)) (then (return (local.get $start))))))
        (local.set $at (i32.add (local.get $at) (local.get $stride)))
        (br $more)))
    (i32.const -1))

  ;; Sixteen code units as bytes; what is no Latin-1 character becomes 0 or 255, which no landmark holds.
  (func $narrow (param $a v128) (param $b v128) (result v128)
    (i8x16.narrow_i16x8_u
      (v128.or (i16x8.shl (local.get $a) (global.get $swap)) (i16x8.shr_u (local.get $a) (global.get $swap)))
      (v128.or (i16x8.shl (local.get $b) (global.get $swap)) (i16x8.shr_u (local.get $b) (global.get $swap)))))

  ;; Line ends in [from, to): LF, and CR that no LF follows. The character after `to` is looked at.
  (func (export "countLineEnds") (param $from i32) (param $to i32) (result i32)
    (local $at i32) (local $until i32) (local $sum v128) (local $v v128) (local $lf v128) (local $cr v128) (local $count i32)
    (local.set $at (local.get $from))
    (if (i32.eq (global.get $width) (i32.const 1))
      (then
        (local.set $lf (v128.const i8x16 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10))
        (local.set $cr (v128.const i8x16 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13)))
      (else
        (local.set $lf (i16x8.splat (i32.shl (i32.const 10) (global.get $swap))))
        (local.set $cr (i16x8.splat (i32.shl (i32.const 13) (global.get $swap))))))
    (block $end
      (loop $round
        ;; A lane counts to 255 before it is added up.
        (local.set $until (i32.add (local.get $at) (i32.const 4080)))
        (if (i32.gt_s (local.get $until) (local.get $to)) (then
          (local.set $until (i32.add (local.get $at) (i32.and (i32.sub (local.get $to) (local.get $at)) (i32.const -16))))))
        (br_if $end (i32.ge_s (local.get $at) (local.get $until)))
        (local.set $sum (v128.const i64x2 0 0))
        (if (i32.eq (global.get $width) (i32.const 1))
          (then
            (loop $more
              (local.set $v (v128.load (local.get $at)))
              (local.set $sum (i8x16.sub (local.get $sum) (v128.or
                (i8x16.eq (local.get $v) (local.get $lf))
                (v128.andnot (i8x16.eq (local.get $v) (local.get $cr)) (i8x16.eq (v128.load offset=1 (local.get $at)) (local.get $lf))))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br_if $more (i32.lt_s (local.get $at) (local.get $until))))
            (local.set $sum (i16x8.extadd_pairwise_i8x16_u (local.get $sum))))
          (else
            (loop $more
              (local.set $v (v128.load (local.get $at)))
              (local.set $sum (i16x8.sub (local.get $sum) (v128.or
                (i16x8.eq (local.get $v) (local.get $lf))
                (v128.andnot (i16x8.eq (local.get $v) (local.get $cr)) (i16x8.eq (v128.load offset=2 (local.get $at)) (local.get $lf))))))
              (local.set $at (i32.add (local.get $at) (i32.const 16)))
              (br_if $more (i32.lt_s (local.get $at) (local.get $until))))))
        (local.set $sum (i32x4.extadd_pairwise_i16x8_u (local.get $sum)))
        (local.set $count (i32.add (local.get $count) (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
          (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum))))))
        (br $round)))
    (block $done
      (loop $rest
        (br_if $done (i32.ge_s (local.get $at) (local.get $to)))
        (local.set $count (i32.add (local.get $count) (i32.or
          (i32.eq (call $unit (local.get $at)) (i32.const 10))
          (i32.and (i32.eq (call $unit (local.get $at)) (i32.const 13)) (i32.ne (call $unit (i32.add (local.get $at) (global.get $width))) (i32.const 10))))))
        (local.set $at (i32.add (local.get $at) (global.get $width)))
        (br $rest)))
    (local.get $count))

  (func $unit (param $at i32) (result i32)
    (local $v i32)
    (if (i32.eq (global.get $width) (i32.const 1)) (then (return (i32.load8_u (local.get $at)))))
    (local.set $v (i32.load16_u (local.get $at)))
    (if (result i32) (global.get $swap)
      (then (i32.or (i32.shr_u (local.get $v) (i32.const 8)) (i32.shl (i32.and (local.get $v) (i32.const 255)) (i32.const 8))))
      (else (local.get $v)))))
