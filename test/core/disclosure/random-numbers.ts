/** Numbers that look random and are the same every time: a linear congruence (Knuth, MMIX). */
export function* draw(seed: bigint): Generator<number, never> {
  let state = seed
  for (;;) {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
    yield Number(state >> 33n)
  }
}

/** Small tables of children in two to four wards, with many small counts. */
export function* drawTables(count: number): Generator<readonly number[]> {
  const numbers = draw(20261129n)
  for (let table = 0; table < count; table++) {
    const wards = 2 + (numbers.next().value % 3)
    yield Array.from({ length: wards }, () => {
      const most = numbers.next().value % 3 === 0 ? 24 : 9
      return numbers.next().value % (most + 1)
    })
  }
}
