import type { GtmVariable } from './gtm.ts'
import type { Serving } from './module.ts'

/**
 * Key and label of a table or a script: it is known by what it serves, so that a change to it changes one variable
 * and does not make another.
 */
export function servingLabel(
  kind: string,
  prefix: string,
  { role, label, labelWas }: Serving,
): Pick<GtmVariable, 'id' | 'wasId' | 'label' | 'serves'> {
  const suffix = { '': '', '-when': ' when', '-from': ' from' }[role]
  return {
    serves: true,
    id: `${kind}${role}.${label}`,
    ...(labelWas === undefined ? {} : { wasId: `${kind}${role}.${labelWas}` }),
    label: [prefix, `${label}${suffix}`],
  }
}
