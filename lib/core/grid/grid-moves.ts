/** A cell by its place in the list of rows and among the columns, from 0. */
export interface Spot {
  readonly index: number
  readonly column: number
}

/** The id of a cell in the page. */
export function cellId({ index, column }: Spot): string {
  return `cell-${String(index)}-${String(column)}`
}

/** A key that was pressed. */
export interface KeyPressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/**
 * Where a key leads from a cell; undefined for a key that leads nowhere. Places may lie beyond the
 * grid. Source: ARIA Authoring Practices, grid.
 */
export function moveOf(
  { key, ctrlKey, metaKey }: KeyPressed,
  { index, column }: Spot,
  size: { readonly page: number; readonly total: number; readonly columns: number },
): Spot | undefined {
  const isFar = ctrlKey || metaKey
  const last = { index: size.total - 1, column: size.columns - 1 }
  switch (key) {
    case 'ArrowUp':
      return { index: isFar ? 0 : index - 1, column }
    case 'ArrowDown':
      return { index: isFar ? last.index : index + 1, column }
    case 'ArrowLeft':
      return { index, column: isFar ? 0 : column - 1 }
    case 'ArrowRight':
      return { index, column: isFar ? last.column : column + 1 }
    case 'Home':
      return { index: isFar ? 0 : index, column: 0 }
    case 'End':
      return { index: isFar ? last.index : index, column: last.column }
    case 'PageUp':
      return { index: index - size.page, column }
    case 'PageDown':
      return { index: index + size.page, column }
    default:
      return undefined
  }
}
