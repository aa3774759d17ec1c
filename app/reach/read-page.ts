import type { Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { askedPeriod } from './programme-quarters.ts'
import type { ToldPage } from './told-page.tsx'

type Opened = Awaited<ReturnType<typeof openRequest>>

/** What a page of exact figures is read with. */
export interface PageAsked extends Pick<Opened, 'portal' | 'accounts'> {
  readonly actor: Actor
  readonly query: Query
  readonly period: { readonly quarters: Quarter[]; readonly from: Quarter; readonly to: Quarter }
}

/** Reads a page of exact figures; undefined for who may not look. */
export type ReadPage<Page extends ToldPage = ToldPage> = (
  asked: PageAsked,
) => Promise<Page | undefined>

/** What a request asks of a page. */
export async function openPage(actor: Actor, query: Query): Promise<PageAsked> {
  const { portal, accounts } = await openRequest()
  return {
    ...{ actor, query, portal, accounts },
    period: askedPeriod(portal.programme, accounts.now(), query),
  }
}
