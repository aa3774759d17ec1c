import { answerContract, requirePractitioner } from '../../../../guards/asking-system.ts'

/** Says that nobody’s family is known. */
export async function HEAD(request: Request): Promise<Response> {
  return GET(request)
}

/** The same. */
export async function GET(request: Request): Promise<Response> {
  const allowed = await requirePractitioner(request)
  return allowed.ok ? answerContract('contract-search') : allowed.answer
}
