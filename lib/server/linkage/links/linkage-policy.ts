import type pg from 'pg'
import { POLICIES, type Policy, type PolicyName } from '#core/linkage/policy.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** The name of the policy that a dataset is linked by. */
export async function policyOf(client: pg.ClientBase, dataset: Dataset): Promise<PolicyName> {
  const { rows } = await client.query<{ policy: PolicyName }>(
    'select policy from linkage_state where dataset = $1',
    [dataset],
  )
  return rows[0]?.policy ?? 'cautious'
}

/** The policy that a dataset is linked by, with the programme's own limits where it has any. */
export async function readPolicy(client: pg.ClientBase, dataset: Dataset): Promise<Policy> {
  const policy = POLICIES[await policyOf(client, dataset)]
  if (policy.contactLimits === null) return policy
  const { rows } = await client.query<{ own: number; carer: number }>(
    'select own_contact_limit as own, carer_contact_limit as carer from programme',
  )
  return { ...policy, contactLimits: rows[0] ?? policy.contactLimits }
}
