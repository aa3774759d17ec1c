import type { Shape } from '#core/preparation/preparation.ts'

/** How a shape that a file seems to have is told and asked about. */
interface ShapeWords {
  readonly title: string
  /** The choice that leaves the file as it is. */
  readonly asItStands: string
}

/** The words of every shape. */
export const SHAPE_WORDS: Readonly<Record<Shape, ShapeWords>> = {
  sheets: {
    title: 'The same table is on several sheets',
    asItStands: 'Read one sheet only',
  },
  'family-blocks': {
    title: 'Cells stand for what is written above them',
    asItStands: 'Leave these cells as they are',
  },
  register: {
    title: 'It is a register: a column for each session',
    asItStands: 'Do not count these columns',
  },
  'children-across': {
    title: 'A row holds several children',
    asItStands: 'Leave each row as it is: only one child of a row is counted',
  },
}
