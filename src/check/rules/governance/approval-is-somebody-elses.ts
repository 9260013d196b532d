import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const approvalIsSomebodyElses = rule({
  code: 'approval-is-somebody-elses',
  severity: 'warning',
  profile: 'recommended',
  title: 'Who approves a target is not who has to reach it.',
  reason: 'A number that one sets oneself and approves oneself is agreed with nobody.',
  fix: 'name somebody else, or leave `approvedBy` out.',
  source: METHOD,
  *check(places) {
    for (const { id, at, owner, data } of places.conversions) {
      if (data.approvedBy !== undefined && data.approvedBy === owner)
        yield { at: `${at}/approvedBy`, message: `${quoted(id)} is approved by its own owner.` }
    }
  },
})
