import { expect, test } from 'vitest'
import { moveOf } from '#core/grid/grid-moves.ts'

const SIZE = { page: 10, total: 100, columns: 5 }
const at = { index: 50, column: 2 }
const plain = { ctrlKey: false, metaKey: false }

test.each([
  ['ArrowUp', false, { index: 49, column: 2 }],
  ['ArrowDown', false, { index: 51, column: 2 }],
  ['ArrowLeft', false, { index: 50, column: 1 }],
  ['ArrowRight', false, { index: 50, column: 3 }],
  ['ArrowDown', true, { index: 99, column: 2 }],
  ['Home', false, { index: 50, column: 0 }],
  ['End', false, { index: 50, column: 4 }],
  ['Home', true, { index: 0, column: 0 }],
  ['End', true, { index: 99, column: 4 }],
  ['PageUp', false, { index: 40, column: 2 }],
  ['PageDown', false, { index: 60, column: 2 }],
  ['a', false, undefined],
  ['Tab', false, undefined],
])('%s, with Control %s, leads to %j', (key, ctrlKey, wanted) => {
  expect(moveOf({ ...plain, key, ctrlKey }, at, SIZE)).toEqual(wanted)
})
