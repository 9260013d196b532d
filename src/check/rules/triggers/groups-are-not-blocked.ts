import { rule } from '../../rule.ts'
import { allTriggers } from '../../trigger-tree.ts'

export const groupsAreNotBlocked = rule({
  code: 'groups-are-not-blocked',
  severity: 'warning',
  profile: 'recommended',
  title: 'A group of triggers has no `unless`.',
  reason:
    'The exception is asked once, at the moment when the last of the group has fired; a group that it blocks does not fire again on that page.',
  fix: 'put the exception into the triggers of the group, as `unless` or as a condition of theirs.',
  source: 'https://support.google.com/tagmanager/answer/7679322',
  *check(places) {
    for (const { at, trigger } of allTriggers(places)) {
      if (trigger.all !== undefined && trigger.unless !== undefined)
        yield { at: `${at}/unless`, about: 'key', message: 'This is asked once, when the group is complete.' }
    }
  },
})
