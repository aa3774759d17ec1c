'use client'

import { useSyncExternalStore, type ReactNode } from 'react'
import { GridPanel } from './grid-panel.client.tsx'
import type { GridSource } from './grid-source.ts'

/**
 * The grid in place of the list of rows once scripts run; without them the list and its pages do all
 * that the grid does.
 */
export function CorrectionGrid({
  children,
  ...props
}: GridSource & { readonly children: ReactNode }): ReactNode {
  const isAlive = useSyncExternalStore(neverChanges, yes, no)
  return isAlive ? <GridPanel {...props} /> : children
}

function neverChanges(): () => void {
  return () => undefined
}

function yes(): boolean {
  return true
}

function no(): boolean {
  return false
}
