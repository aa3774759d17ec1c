import { stat } from 'node:fs/promises'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The project whose files share one portal, so that only one of them runs at a time. */
const TURNS = 'e2e'

/** How much of the rest is left when the last of those that take turns begins. */
const LEFT_AT_LAST = 0.15

/**
 * Those that take turns spread among the others, so that while one has its turn the others keep the
 * machine busy, and few wait. Of the others those first that have a process of their own; then one project
 * after another, since a process is used again where the next file is of its project; in each the longest first.
 */
export class SpreadTurns extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sized = await Promise.all(
      files.map(async (file) => ({ file, size: (await stat(file.moduleId)).size })),
    )
    const longestFirst = sized.sort((a, b) => b.size - a.size)
    const turns = longestFirst.filter(({ file }) => file.project.name === TURNS)
    const others = longestFirst.filter(({ file }) => file.project.name !== TURNS)
    const alone = others.filter(({ file }) => file.project.config.isolate)
    const shared = Map.groupBy(
      others.filter(({ file }) => !file.project.config.isolate),
      ({ file }) => file.project.name,
    )
    const largestFirst = [...shared.values()].sort((a, b) => sizeOf(b) - sizeOf(a))
    return [
      ...placed(turns, 1 - LEFT_AT_LAST).map((entry) => ({ ...entry, turn: 0 })),
      ...placed([...alone, ...largestFirst.flat()], 1).map((entry) => ({ ...entry, turn: 1 })),
    ]
      .sort((a, b) => a.begins - b.begins || a.turn - b.turn)
      .map(({ file }) => file)
  }
}

interface Sized {
  readonly file: TestSpecification
  readonly size: number
}

/** At which share of the whole each begins, were a file as long as it is large. */
function placed(
  files: readonly Sized[],
  whole: number,
): readonly { file: TestSpecification; begins: number }[] {
  const total = sizeOf(files)
  let before = 0
  return files.map(({ file, size }) => {
    const begins = (before / total) * whole
    before += size
    return { file, begins }
  })
}

function sizeOf(files: readonly Sized[]): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}
