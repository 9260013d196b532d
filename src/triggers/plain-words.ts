/** When a conversion counts, for people who know neither CSS nor the data layer. `triggerWords` says the same exactly. */
import type { Condition } from '../sources/condition.ts'
import { plainCondition } from '../sources/plain-condition.ts'
import { and } from '../words/counting.ts'
import { plainArmed } from './armed.ts'
import { triggerModule } from './kinds.ts'
import type { Trigger } from './trigger.ts'

/** `the form “newsletter” is submitted, but not on pages under /checkout`. */
export function plainWords(trigger: Trigger): string {
  return whole(parts(trigger))
}

interface Parts {
  readonly happened: string
  readonly when: readonly Condition[]
  readonly unless: readonly Condition[]
}

function whole({ happened, when, unless }: Parts): string {
  return [
    happened,
    ...(when.length === 0 ? [] : [`, ${when.map(plainCondition).join(' and ')}`]),
    ...(unless.length === 0 ? [] : [`, but not ${unless.map(plainCondition).join(' or ')}`]),
  ].join('')
}

/** What all of several ask for is said once, behind all of them. */
function parts(trigger: Trigger): Parts {
  const { when, unless } = trigger
  if (trigger.kind !== 'any' && trigger.kind !== 'all')
    return { happened: triggerModule(trigger.kind).plain(trigger) + plainArmed(trigger), when, unless }
  const inner = trigger.triggers.map((each) => ({ ...parts(each), isGroup: 'triggers' in each }))
  const [first] = inner
  const isShared = first !== undefined && inner.every((each) => asked(each) === asked(first))
  const said = inner.map((each) => {
    const words = isShared ? each.happened : whole(each)
    return each.isGroup ? `(${words})` : words
  })
  return {
    happened: trigger.kind === 'any' ? said.join(', or ') : `${and(said)}, all of it in one page view`,
    when: [...(isShared ? first.when : []), ...when],
    unless: [...(isShared ? first.unless : []), ...unless],
  }
}

/** What must hold beside what happens, wherever in the plan it stands. */
function asked({ when, unless }: Parts): string {
  return JSON.stringify([when, unless].map((list) => list.map((one) => ({ ...one, at: '' }))))
}
