import type pg from 'pg'
import { POLICIES, type ContactLimits, type Policy, type PolicyName } from '#core/linkage/policy.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** The name of the policy that a dataset is linked by. */
export async function policyOf(client: pg.ClientBase, dataset: Dataset): Promise<PolicyName> {
  const state = await inPrisma(client, ({ linkageState }) =>
    linkageState.findUnique({ where: { dataset }, select: { policy: true } }),
  )
  return (state?.policy ?? 'cautious') as PolicyName
}

/**
 * By how many people the programme lets a contact be carried; undefined where no programme says.
 */
export async function readLimits(client: pg.ClientBase): Promise<ContactLimits | undefined> {
  const limits = await inPrisma(client, ({ programme }) =>
    programme.findFirst({ select: { ownContactLimit: true, carerContactLimit: true } }),
  )
  return limits === null
    ? undefined
    : { own: limits.ownContactLimit, carer: limits.carerContactLimit }
}

/** The policy that a dataset is linked by, with the programme's own limits where it has any. */
export async function readPolicy(client: pg.ClientBase, dataset: Dataset): Promise<Policy> {
  return policyNamed(client, await policyOf(client, dataset))
}

/** A policy by its name, with the programme's own limits where it has any. */
export async function policyNamed(client: pg.ClientBase, name: PolicyName): Promise<Policy> {
  const policy = POLICIES[name]
  if (policy.contactLimits === null) return policy
  return { ...policy, contactLimits: (await readLimits(client)) ?? policy.contactLimits }
}
