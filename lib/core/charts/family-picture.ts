import { linkHorizontal } from 'd3-shape'
import type { FamilyTie } from '#core/linkage/policy.ts'
import { familyTieWords } from '#core/messages/linkage/family-words.ts'
import { element } from './markup.ts'
import type { Picture, PictureWords } from './picture.ts'
import { COLOURS, INK, svgPicture, textAt } from './svg.ts'

/** Somebody of a family: who they were to services, and to which. Nothing in it says who they are. */
export interface FamilyMember {
  readonly isChild: boolean
  /** Whether some service knew them as a carer or another adult. */
  readonly isGrown: boolean
  readonly services: readonly string[]
  /** Whom the page is about. */
  readonly isSelf: boolean
}

/** What ties members, by their places. */
export interface FamilyBond {
  readonly by: FamilyTie
  readonly people: readonly number[]
}

/** Two ends of a line: places of members, or −1 for a carer without a record of their own. */
export interface FamilyLine {
  readonly from: number
  readonly to: number
  readonly by: readonly FamilyTie[]
}

/** What members are called: `Child 1`, `Adult 2`. */
export function memberNames(members: readonly FamilyMember[]): string[] {
  let children = 0
  let grown = 0
  return members.map(({ isGrown }) =>
    isGrown ? `Adult ${String(++grown)}` : `Child ${String(++children)}`,
  )
}

/**
 * The lines between members: from adults to children where a bond holds both, else between all that
 * it holds; of children who have a contact in common with no adult, to a carer without a record.
 */
export function familyLines(
  members: readonly FamilyMember[],
  bonds: readonly FamilyBond[],
): FamilyLine[] {
  const lines = new Map<string, { from: number; to: number; by: Set<FamilyTie> }>()
  const add = (from: number, to: number, by: FamilyTie): void => {
    const key = `${String(from)} ${String(to)}`
    const line = lines.get(key) ?? { from, to, by: new Set<FamilyTie>() }
    lines.set(key, line)
    line.by.add(by)
  }
  for (const { by, people } of bonds) {
    const grown = people.filter((place) => members[place]?.isGrown === true)
    const children = people.filter((place) => !grown.includes(place))
    const isContact = by === 'email' || by === 'mobile'
    if (children.length === 0 || (grown.length === 0 && !isContact)) {
      people.forEach((from, at) => {
        for (const to of people.slice(at + 1)) add(from, to, by)
      })
    } else {
      for (const child of children) {
        for (const from of grown.length === 0 ? [NO_RECORD] : grown) add(from, child, by)
      }
    }
  }
  return [...lines.values()]
    .map(({ from, to, by }) => ({ from, to, by: [...by] }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
}

/** The end of a line that is no member. */
const NO_RECORD = -1

const WIDTH = 470
const BOX = { width: 176, line: 17, padding: 10, between: 14 } as const
const LETTERS = 20
const MOST_SERVICES = 4
/** Of lines on one side of the picture, how far out each bends. */
const BEND = { least: 12, more: 6, most: 30 } as const
/** Beside a column, without lines of its own and with them. */
const MARGIN = { plain: 2, lines: 34 } as const

interface Box {
  readonly x: number
  readonly y: number
  readonly height: number
}

/**
 * A family: adults on the left, children on the right, and what ties them. Lines of a row are drawn
 * through, those of a contact dashed, those of one home dotted.
 */
export function drawFamily(
  words: PictureWords,
  members: readonly FamilyMember[],
  bonds: readonly FamilyBond[],
): Picture {
  const names = memberNames(members)
  const lines = familyLines(members, bonds)
  const nameOf = (place: number): string => names[place] ?? 'A carer without a record'
  const texts = new Map(members.map((member, place) => [place, memberText(member, names[place])]))
  if (lines.some(({ from }) => from === NO_RECORD)) {
    texts.set(NO_RECORD, ['A carer', ...wrap('without a record of their own')])
  }
  const isLeft = (place: number): boolean => place === NO_RECORD || members[place]?.isGrown === true
  const margin = (left: boolean): number =>
    lines.some(({ from, to }) => isLeft(from) === left && isLeft(to) === left)
      ? MARGIN.lines
      : MARGIN.plain
  const { boxes, height } = placeBoxes([...texts], isLeft, {
    left: margin(true),
    right: WIDTH - margin(false) - BOX.width,
  })
  return {
    svg: svgPicture(words, { width: WIDTH, height }, [
      ...lines.flatMap((line, at) => drawLine(line, boxes, isLeft, at)),
      ...[...texts].flatMap(([place, text]) =>
        drawBox(boxes.get(place), text, {
          isSelf: members[place]?.isSelf === true,
          isRecorded: place !== NO_RECORD,
        }),
      ),
    ]),
    table: {
      caption: words.title,
      header: ['Member', 'Known to', 'Tied to'],
      rows: members.map(({ services, isSelf }, place) => [
        `${names[place] ?? ''}${isSelf ? ', whom this page is about' : ''}`,
        services.join('; '),
        lines
          .filter(({ from, to }) => from === place || to === place)
          .map(({ from, to, by }) => {
            const other = nameOf(from === place ? to : from)
            return `${other}: ${by.map(familyTieWords).join(', ')}`
          })
          .join('; ') || 'nobody',
      ]),
    },
  }
}

function memberText({ services, isChild, isGrown, isSelf }: FamilyMember, name = ''): string[] {
  const shown = services.slice(0, MOST_SERVICES)
  const more = services.length - shown.length
  return [
    name,
    ...(isSelf ? ['this person'] : []),
    ...(isChild && isGrown ? wrap('a child to other services') : []),
    ...shown.flatMap(wrap),
    ...(more > 0 ? [`and ${String(more)} more`] : []),
  ]
}

/** Words in lines that fit into a box. */
function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LETTERS)
      lines.push(`${lines.pop() ?? ''} ${word}`)
    else lines.push(word.length > LETTERS ? `${word.slice(0, LETTERS - 1)}…` : word)
  }
  return lines
}

/** Boxes in two columns, each from the top in the order of the members. */
function placeBoxes(
  texts: readonly (readonly [number, readonly string[]])[],
  isLeft: (place: number) => boolean,
  columns: { readonly left: number; readonly right: number },
): { readonly boxes: ReadonlyMap<number, Box>; readonly height: number } {
  const boxes = new Map<number, Box>()
  const ends = [true, false].map((left) => {
    let y = BOX.between
    for (const [place, text] of texts) {
      if (isLeft(place) !== left) continue
      const height = text.length * BOX.line + 2 * BOX.padding
      boxes.set(place, { x: left ? columns.left : columns.right, y, height })
      y += height + BOX.between
    }
    return y
  })
  return { boxes, height: Math.max(...ends) }
}

const DASHES = { row: '', contact: '7 4', home: '2 4' } as const

function dashOf(by: readonly FamilyTie[]): string {
  if (by.includes('row')) return DASHES.row
  return by.includes('email') || by.includes('mobile') ? DASHES.contact : DASHES.home
}

function drawLine(
  { from, to, by }: FamilyLine,
  boxes: ReadonlyMap<number, Box>,
  isLeft: (place: number) => boolean,
  at: number,
): string[] {
  const [a, b] = [boxes.get(from), boxes.get(to)]
  if (a === undefined || b === undefined) return []
  const middle = ({ y, height }: Box): number => y + height / 2
  const stroke = { fill: 'none', stroke: COLOURS[0], 'stroke-width': 2 }
  const dashes = dashOf(by)
  const style = dashes === '' ? stroke : { ...stroke, 'stroke-dasharray': dashes }
  if (isLeft(from) === isLeft(to)) {
    const bend = Math.min(BEND.most, BEND.least + (at % 4) * BEND.more)
    const [x, out] = isLeft(from) ? [a.x, a.x - bend] : [a.x + BOX.width, a.x + BOX.width + bend]
    const path = `M${x},${middle(a)}C${out},${middle(a)} ${out},${middle(b)} ${x},${middle(b)}`
    return [element('path', { d: path, ...style })]
  }
  const [left, right] = isLeft(from) ? [a, b] : [b, a]
  const path = linkHorizontal()({
    source: [left.x + BOX.width, middle(left)],
    target: [right.x, middle(right)],
  })
  return path === null ? [] : [element('path', { d: path, ...style })]
}

function drawBox(
  box: Box | undefined,
  text: readonly string[],
  { isSelf, isRecorded }: { readonly isSelf: boolean; readonly isRecorded: boolean },
): string[] {
  if (box === undefined) return []
  const outline = isRecorded ? {} : { 'stroke-dasharray': '4 4' }
  return [
    element('rect', {
      ...{ x: box.x, y: box.y, width: BOX.width, height: box.height, fill: '#ffffff' },
      ...{ stroke: INK, 'stroke-width': isSelf ? 3 : 1, ...outline },
    }),
    ...text.map((line, index) =>
      textAt(box.x + BOX.padding, box.y + BOX.padding + (index + 0.75) * BOX.line, line, {
        ...(index === 0 ? { 'font-weight': 'bold' } : {}),
      }),
    ),
  ]
}
