import type { Trigger } from '../../../plan/plan-types.ts'
import { rule } from '../../rule.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const groupsHoldSingleTriggers = rule({
  code: 'groups-hold-single-triggers',
  severity: 'error',
  profile: 'always',
  title: 'Inside `all` there is no choice by `any`.',
  reason: 'A trigger group of GTM waits for each of its triggers; it cannot wait for one of several.',
  fix: 'turn it round: any of several all, each with one of the choices.',
  source: 'https://support.google.com/tagmanager/answer/7679322',
  *check(places) {
    for (const { at, trigger } of allTriggers(places)) {
      for (const [index, member] of (trigger.all ?? []).entries()) {
        if (!hasChoice(member)) continue
        yield {
          at: `${at}/all/${index}`,
          message: 'One of the triggers that must all have fired is itself a choice (any) of several.',
        }
      }
    }
  },
})

// An `all` inside complains for itself.
function hasChoice(trigger: Trigger): boolean {
  return trigger.any !== undefined
}
