import { element } from './markup.ts'
import type { Picture, PictureWords } from './picture.ts'
import { COLOURS, GRID, INK, svgPicture, textAt } from './svg.ts'

/** Where a tile stands: both count from 1. */
export interface TilePlace {
  readonly column: number
  readonly row: number
}

/** A tile of a map: a ward with what is said of it. */
export interface Tile {
  readonly name: string
  /** Undefined for one that nobody has placed. */
  readonly place: TilePlace | undefined
  /** Lines of words. */
  readonly words: readonly string[]
  /** How full its bar is, in per cent; null where nothing is known. */
  readonly share: number | null
}

/** Reads a place as the register writes it, `2,1`: second column, first row. */
export function readTilePlace(text: string): TilePlace | undefined {
  const [, column, row] = /^([1-9]|1[0-2]),([1-9]|1[0-2])$/.exec(text) ?? []
  return column === undefined ? undefined : { column: Number(column), row: Number(row) }
}

/**
 * Places tiles: those that have a place at it, and where two have one, or a tile has none, in rows below all others, in the
 * order given. Columns and rows that nobody is in are left out.
 */
export function placeTiles(
  tiles: readonly Pick<Tile, 'place'>[],
): { readonly column: number; readonly row: number }[] {
  const taken = new Set<string>()
  const placed = tiles.map(({ place }) => {
    const key = place === undefined ? undefined : `${place.column} ${place.row}`
    if (place === undefined || key === undefined || taken.has(key)) return undefined
    taken.add(key)
    return place
  })
  const there = placed.filter((place) => place !== undefined)
  const ranks = (of: readonly number[]): number[] => [...new Set(of)].sort((a, b) => a - b)
  const columns = ranks(there.map(({ column }) => column))
  const rows = ranks(there.map(({ row }) => row))
  const others = placed.filter((place) => place === undefined).length
  const width = Math.max(columns.length, Math.min(MOST, Math.ceil(Math.sqrt(others))), 1)
  let next = 0
  return placed.map((place) => {
    if (place !== undefined)
      return { column: columns.indexOf(place.column) + 1, row: rows.indexOf(place.row) + 1 }
    const at = next++
    return { column: (at % width) + 1, row: rows.length + Math.floor(at / width) + 1 }
  })
}

/** As many tiles stand beside one another where nobody placed them. */
const MOST = 3
const TILE = { width: 204, height: 132, between: 8, padding: 12, line: 18, bar: 12 } as const
const LETTERS = 20

/**
 * A map of tiles, each roughly where its ward lies: its name, what is said of it, and a bar that is as full as its share. Nothing
 * is told by colour.
 */
export function drawTileMap(words: PictureWords, tiles: readonly Tile[]): Picture {
  const places = placeTiles(tiles)
  const across = Math.max(1, ...places.map(({ column }) => column))
  const down = Math.max(1, ...places.map(({ row }) => row))
  return {
    svg: svgPicture(
      words,
      {
        width: across * (TILE.width + TILE.between),
        height: down * (TILE.height + TILE.between),
      },
      tiles.flatMap((tile, at) => {
        const { column, row } = places[at] ?? { column: 1, row: 1 }
        return drawTile(
          tile,
          (column - 1) * (TILE.width + TILE.between) + 1,
          (row - 1) * (TILE.height + TILE.between) + 1,
        )
      }),
    ),
    table: {
      caption: words.title,
      header: ['Ward', 'What is known'],
      rows: tiles.map(({ name, words: said }) => [name, said.join(', ')]),
    },
  }
}

function drawTile({ name, words, share }: Tile, x: number, y: number): string[] {
  const left = x + TILE.padding
  const inside = TILE.width - 2 * TILE.padding
  const lines = wrap(name)
  const top = y + TILE.padding + TILE.line * 0.75
  const bar = { x: left, y: y + TILE.height - TILE.padding - TILE.bar, height: TILE.bar }
  const full = (inside * Math.min(100, Math.max(0, share ?? 0))) / 100
  return [
    element('rect', {
      ...{ x, y, width: TILE.width, height: TILE.height, fill: '#ffffff' },
      ...{ stroke: INK, 'stroke-width': 2 },
    }),
    ...lines.map((line, at) => textAt(left, top + at * TILE.line, line, { 'font-weight': 'bold' })),
    ...words.map((line, at) => textAt(left, top + (2 + at) * TILE.line, line)),
    ...(share === null ? [] : [element('rect', { ...bar, width: full, fill: COLOURS[0] })]),
    element('rect', {
      ...{ ...bar, width: inside, fill: 'none', stroke: share === null ? GRID : INK },
      ...(share === null ? { 'stroke-dasharray': '4 3' } : {}),
    }),
  ]
}

/** A name in two lines at most; the table has the whole of it. */
function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < LETTERS)
      lines.splice(-1, 1, `${last} ${word}`)
    else lines.push(word)
  }
  const [first = '', second, ...more] = lines
  const cut = (line: string): string =>
    line.length > LETTERS ? `${line.slice(0, LETTERS - 1)}…` : line
  if (second === undefined) return [cut(first)]
  return [cut(first), more.length > 0 ? `${cut(second)}…` : cut(second)]
}
