import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'

export const draftsAreFinished = rule({
  code: 'drafts-are-finished',
  severity: 'warning',
  profile: 'recommended',
  title: 'No stage stays a draft.',
  reason:
    'Fewer than three micro conversions do not show where visitors are lost. A draft lets a team begin with one, not stop there.',
  fix: 'add micro conversions (`plan catalogue` has ideas), then remove `draft`.',
  source: METHOD,
  *check(view) {
    for (const { id, at, stage } of view.stages) {
      if (stage.draft !== true) continue
      const count = Object.keys(stage.micro ?? {}).length
      const isEnough = count >= 3
      yield {
        at: at + pointerOf('draft'),
        about: 'key',
        message: isEnough
          ? `The stage "${id}" is called a draft, though it has ${count} micro conversions.`
          : `The stage "${id}" is a draft with ${count} micro conversion${count === 1 ? '' : 's'}; a stage has three to five.`,
        ...(isEnough && { fix: 'remove `draft`.', edit: { remove: at + pointerOf('draft') } }),
      }
    }
  },
})
