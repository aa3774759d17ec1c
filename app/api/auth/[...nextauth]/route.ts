import type { NextRequest } from 'next/server'
import { isOwnOrigin } from '#server/portal/opening/portal-settings.ts'
import { authOptions, knock } from '../../../guards/next-auth-door.ts'
import { openRequest } from '../../../guards/request-context.ts'

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>
}

/** The routes of next-auth that read. */
export async function GET(request: NextRequest, { params }: RouteContext): Promise<Response> {
  return knock(authOptions(await openRequest()), request, (await params).nextauth)
}

/** The routes of next-auth that change something: from our own pages only. */
export async function POST(request: NextRequest, { params }: RouteContext): Promise<Response> {
  const context = await openRequest()
  if (!isOwnOrigin(context.portal.settings, request.headers.get('origin'))) {
    return new Response('Forbidden', { status: 403 })
  }
  return knock(authOptions(context), request, (await params).nextauth)
}
