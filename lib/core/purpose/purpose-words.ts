import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import type { Purpose } from './purposes.ts'

/** Words of pages that both purposes have, where what is meant differs: a look-up has no figures and counts nobody. */
interface PurposeWords {
  /** The state of a file that went all the way, and the same to go on from “it is”. */
  readonly linked: string
  readonly stands: string
  /** What a worker does last. */
  readonly linking: string
  /** When what is chosen for a file is offered again, to go on from “remembered for” and “offered again with”. */
  readonly again: string
  /** Heading of how much the file tells of its people, and what becomes of who is told too little of. */
  readonly linkability: string
  readonly tooLittle: string
  /** To go on from “of people who asked not to be”, and from “they are”. */
  readonly leftOut: string
  readonly notThere: string
  /** Where somebody who sends goes back to. */
  readonly backToSend: string
  /** Sentences of a withdrawal. */
  readonly leaving: string
  readonly noneLeft: (reference: string) => string
}

/** The words of each purpose. */
const PURPOSE_WORDS: Readonly<Record<Purpose, PurposeWords>> = {
  reach: {
    linked: 'In the figures',
    stands: 'in the figures',
    linking: 'Counting people once',
    again: 'next quarter',
    linkability: 'How well people can be counted once',
    tooLittle: 'Each is counted as one more person, so unique reach may come out too high.',
    leftOut: 'counted',
    notThere: 'not in the figures',
    backToSend: 'Back to your services',
    leaving: 'It leaves the figures in a few minutes.',
    noneLeft: (reference) =>
      `None of ${reference} is in the figures, and none of its rows are kept.`,
  },
  'look-up': {
    linked: 'In use',
    stands: 'in use',
    linking: 'Finding rows of the same person',
    again: 'the next feed',
    linkability: 'How well people can be found',
    tooLittle: 'A look-up may not find them, and says “no records found”.',
    leftOut: 'shown',
    notThere: 'shown to nobody',
    backToSend: 'Back to your sources',
    leaving: 'It is out of use in a few minutes.',
    noneLeft: (reference) => `None of ${reference} is in use, and none of its rows are kept.`,
  },
}

/** The words for a file of a kind: a feed is a look-up's, and every other kind is of reach. */
export function wordsOfKind(kind: string): PurposeWords {
  return PURPOSE_WORDS[isFeedKind(kind) ? 'look-up' : 'reach']
}
