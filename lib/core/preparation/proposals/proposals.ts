import type { Preparation, Register, Shape } from '#core/preparation/preparation.ts'

/**
 * A shape that a file seems to have, with what speaks for it. Nothing is changed until a person says
 * so: a preparation is never used because it was proposed.
 */
export interface Proposal extends ProposalTold {
  /** A few rows of the file that show it; to be masked before anybody sees them. */
  readonly shown: ShapeShown
}

/** Rows of a file as they stand and, for sheets, as they are read together. */
export interface ShapeShown {
  readonly rows: readonly (readonly string[])[]
  readonly together?: {
    readonly header: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
}

/** A proposal without a value of any row. */
export interface ProposalTold {
  readonly shape: Shape
  /** What speaks for it, in words with counts; never a value. */
  readonly evidence: readonly string[]
  /** What a preparation says that takes it: the likeliest of the options. */
  readonly preparation: Preparation
  /** Ways to take it, the likeliest first. */
  readonly options: readonly ProposedOption[]
}

/** One way to take a proposal. */
export interface ProposedOption {
  readonly preparation: Preparation
  /** What is done then, as the words of a choice. */
  readonly words: string
}

/** The proposals that a preparation neither takes nor turns down. */
export function unanswered<Proposed extends ProposalTold>(
  proposals: readonly Proposed[],
  preparation: Preparation | undefined,
): readonly Proposed[] {
  return proposals.filter(({ shape, preparation: proposed }) => {
    if (preparation?.declined?.includes(shape) === true) return false
    switch (shape) {
      case 'sheets':
        return preparation?.sheets === undefined
      case 'family-blocks':
        return preparation?.fillDown === undefined
      case 'register':
        return !hasRegister(preparation?.register, proposed.register)
      case 'children-across': {
        const taken = headingsOf(preparation)
        // A child for whom there was no room last time.
        return headingsOf(proposed).some((heading) => !taken.includes(heading))
      }
    }
  })
}

/**
 * A preparation that takes of each proposal one of its options, by its place; a proposal without
 * one is turned down.
 */
export function preparationOf(
  proposals: readonly Pick<Proposal, 'shape' | 'options'>[],
  optionOf: (shape: Shape) => number | undefined,
): Preparation {
  const taken = proposals.map(({ shape, options }) => ({
    shape,
    option: options[optionOf(shape) ?? -1],
  }))
  const declined = taken.filter(({ option }) => option === undefined).map(({ shape }) => shape)
  return {
    ...(Object.assign({}, ...taken.map(({ option }) => option?.preparation)) as Preparation),
    ...(declined.length === 0 ? {} : { declined }),
  }
}

/** Whether a register was taken, with every session that goes by a name. */
function hasRegister(
  taken: Register | undefined,
  { named = [] }: Register = { absent: [] },
): boolean {
  return taken !== undefined && named.every((heading) => taken.named?.includes(heading) === true)
}

/** The marks that proposals to read a register speak of. */
export function marksOf(proposals: readonly Pick<Proposal, 'options'>[]): readonly string[] {
  return proposals.flatMap(({ options }) =>
    options.flatMap(({ preparation }) => preparation.register?.absent ?? []),
  )
}

function headingsOf(preparation: Preparation | undefined): readonly string[] {
  return (preparation?.childrenAcross?.children ?? []).flatMap((columns) => Object.values(columns))
}
