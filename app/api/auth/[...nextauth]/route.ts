import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { authOptions } from '../../../guards/next-auth-options.ts'
import { openRequest, type RequestContext } from '../../../guards/request-context.ts'
import { recordRefused } from '../../../guards/refused.ts'

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>
}

/** The routes of next-auth that read. */
export async function GET(request: NextRequest, route: RouteContext): Promise<Response> {
  return answer(await openRequest(), request, route)
}

/** The routes of next-auth that change something: from our own pages only. */
export async function POST(request: NextRequest, route: RouteContext): Promise<Response> {
  const context = await openRequest()
  if (!isOwnOrigin(context.portal.settings, request.headers.get('origin'))) {
    await recordRefused('origin')
    return new Response('Forbidden', { status: 403 })
  }
  return answer(context, request, route)
}

function answer(
  context: RequestContext,
  request: NextRequest,
  route: RouteContext,
): Promise<Response> {
  // next-auth gives no type for what it answers.
  return NextAuth(request, route, authOptions(context)) as Promise<Response>
}
