import { stat } from 'node:fs/promises'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The project whose files share one portal, so that only one of them runs at a time. */
const TURNS = 'e2e'

/** How long a byte of a project's files takes, beside one of the others'; measured over the whole suite. */
const PACE: Readonly<Record<string, number>> = { repository: 2, 'desktop-hasher': 3, core: 0.1 }

/** How much of the rest is left when the last of those that take turns begins. */
const LEFT_AT_LAST = 0.15

/**
 * Those that take turns spread among the others, so that while one has its turn the others keep the
 * machine busy, and few wait. Of the others those first that have a process of their own; then one project
 * after another, since a process is used again where the next file is of its project; in each the longest first.
 */
export class SpreadTurns extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const timed = await Promise.all(
      files.map(async (file) => {
        const { size } = await stat(file.moduleId)
        return { file, length: size * (PACE[file.project.name] ?? 1) }
      }),
    )
    const longestFirst = timed.sort((a, b) => b.length - a.length)
    const turns = longestFirst.filter(({ file }) => file.project.name === TURNS)
    const others = longestFirst.filter(({ file }) => file.project.name !== TURNS)
    const alone = others.filter(({ file }) => file.project.config.isolate)
    const shared = Map.groupBy(
      others.filter(({ file }) => !file.project.config.isolate),
      ({ file }) => file.project.name,
    )
    const longestProjectFirst = [...shared.values()].sort((a, b) => lengthOf(b) - lengthOf(a))
    return [
      ...placed(turns, 1 - LEFT_AT_LAST).map((entry) => ({ ...entry, turn: 0 })),
      ...placed([...alone, ...longestProjectFirst.flat()], 1).map((entry) => ({
        ...entry,
        turn: 1,
      })),
    ]
      .sort((a, b) => a.begins - b.begins || a.turn - b.turn)
      .map(({ file }) => file)
  }
}

interface Timed {
  readonly file: TestSpecification
  /** How long it takes, as far as its size tells. */
  readonly length: number
}

/** At which share of the whole each begins. */
function placed(
  files: readonly Timed[],
  whole: number,
): readonly { file: TestSpecification; begins: number }[] {
  const total = lengthOf(files)
  let before = 0
  return files.map(({ file, length }) => {
    const begins = (before / total) * whole
    before += length
    return { file, begins }
  })
}

function lengthOf(files: readonly Timed[]): number {
  return files.reduce((sum, { length }) => sum + length, 0)
}
