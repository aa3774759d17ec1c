import { expect, test } from 'vitest'
import { writtenOver } from '#server/platform/machine/freed-memory.ts'

const OURS = 'glibc.malloc.tcache_count=0'

test.each([
  [undefined, OURS],
  ['', OURS],
  ['glibc.malloc.arena_max=2', `glibc.malloc.arena_max=2:${OURS}`],
  ['glibc.malloc.tcache_count=7:glibc.rtld.nns=4', `glibc.rtld.nns=4:${OURS}`],
  // As a process that was started so starts another.
  [OURS, OURS],
])('what an operator tunes by %o stays beside what is written over', (tuned, becomes) => {
  expect(writtenOver({ GLIBC_TUNABLES: tuned }).GLIBC_TUNABLES).toBe(becomes)
})
