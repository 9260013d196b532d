/**
 * Consent that is given late. In basic mode the Google tag waits for it at Initialization and does not come back: no page
 * view, and the first event takes the first-visit flags. Tags that do not look at consent by themselves wait in advanced
 * mode, too. So each fires a second time on the event that the consent tool pushes when a visitor agrees.
 *
 * Once: firing twice would count the page twice, and `oncePerLoad` is used up by the occurrence that consent has held
 * back. A trigger group fires once a page whatever its tag says, so the event stands in one, beside the page view.
 */
import type { Plan } from '../plan/plan.ts'
import type { Ref } from '../resources/resource.ts'
import type { View } from '../sources/gtm.ts'
import { keyOf, refTo, type Draft } from './draft.ts'
import { SHARED_FOLDER } from './folders.ts'
import { planNotes } from './notes.ts'

export interface ConsentTriggers {
  readonly drafts: readonly Draft[]
  /** What the Google tag fires on beside Initialization. */
  readonly googleTag: readonly Ref[]
  /** What the other destinations' tags fire on beside the page view: they wait in advanced mode, too. */
  readonly others: readonly Ref[]
}

export function consentTriggers(plan: Plan): ConsentTriggers {
  const { mode, updateEvent } = plan.consent
  const ofGoogleTag = mode === 'basic' && plan.googleTag === 'managed'
  const ofOthers = mode !== 'none' && plan.destinations.length > 0
  if (updateEvent === undefined || !(ofGoogleTag || ofOthers))
    return { drafts: [], googleTag: [], others: [] }
  const trigger = (id: string, template: string, kind: string, view: View): Draft => ({
    kind: 'gtm/trigger',
    template: `triggers/${template}`,
    key: keyOf(plan, `google-tag.${id}`, 'trigger'),
    naming: {
      pattern: plan.naming.trigger ?? '{kind} - {id}',
      values: {
        kind,
        id: 'consent given',
        event: updateEvent,
        title: 'Consent given',
        stage: '',
        plan: plan.id,
        source: '',
      },
      id: plan.id,
    },
    notes: planNotes(plan),
    origin: '/consent/updateEvent',
    folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
    view,
  })
  const page = trigger('page', 'plain', 'Page View', { type: 'pageview' })
  const agreed = trigger('agreed', 'custom-event', 'CE', { event: updateEvent, regex: false })
  const group = trigger('consent', 'trigger-group', 'Group', {
    members: [refTo(page.key), refTo(agreed.key)],
  })
  const firing = [refTo(group.key)]
  return {
    drafts: [page, agreed, group],
    googleTag: ofGoogleTag ? firing : [],
    others: ofOthers ? firing : [],
  }
}
