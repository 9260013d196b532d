/**
 * Consent that is given late. In basic mode the Google tag waits for it at Initialization and does not come back: no page
 * view, and the first event takes the first-visit flags. Tags that do not look at consent by themselves wait in advanced
 * mode, too. So each fires a second time on the event that the consent tool pushes when a visitor agrees.
 *
 * Once: firing twice would count the page twice, and `oncePerLoad` is used up by the occurrence that consent has held
 * back. A trigger group fires once a page whatever its tag says, so the event stands in one, beside the page's body.
 *
 * Tools that push that event where consent was there already are common. So a script of ours, which waits for the same
 * consent at the same moment as the tag, leaves a mark on the page, and the second firing is blocked where it stands. GTM
 * runs a script once there is a body to put it in: hence the group waits for DOM Ready.
 */
import { mark } from '../destinations/vendor-script.ts'
import type { Plan } from '../plan/plan.ts'
import type { Ref } from '../resources/resource.ts'
import { equals, type Tested } from '../sources/condition.ts'
import type { Text, TemplateValues } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { ofWholePlan } from './folders.ts'

export interface ConsentTriggers {
  readonly planned: readonly PlannedEntity[]
  /** What the Google tag fires on beside Initialization. */
  readonly googleTag: readonly Ref[]
  /** What the other destinations' tags fire on beside the page values: they wait in advanced mode, too. */
  readonly others: readonly Ref[]
}

export function consentTriggers(plan: Plan): ConsentTriggers {
  const { mode, updateEvent } = plan.consent
  const ofGoogleTag = mode === 'basic' && plan.googleTag === 'managed'
  const ofOthers = mode !== 'none' && plan.destinations.length > 0
  if (updateEvent === undefined || !(ofGoogleTag || ofOthers))
    return { planned: [], googleTag: [], others: [] }
  const trigger = (id: string, template: string, kind: string, values: TemplateValues): PlannedEntity => ({
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
    ...ofWholePlan(plan, '/consent/updateEvent'),
    values,
  })
  const page = trigger('page', 'plain', 'DOM Ready', { type: 'domReady' })
  const agreed = trigger('agreed', 'custom-event', 'CE', { event: updateEvent, regex: false })
  const group = trigger('consent', 'trigger-group', 'Group', {
    members: [refTo(page.key), refTo(agreed.key)],
  })
  const firing = [refTo(group.key)]
  return {
    planned: [page, agreed, group],
    googleTag: ofGoogleTag ? firing : [],
    others: ofOthers ? firing : [],
  }
}

/** Whether consent was there already when a tag had its turn. */
export interface ConsentGiven {
  /** A part of the keys. No id of a plan has a hyphen. */
  readonly id: string
  readonly planned: readonly PlannedEntity[]
  readonly condition: Tested
  readonly textOf: (source: Source) => Text
}

/**
 * @param of what tells it from the others: a name of JavaScript
 * @param when when the tag fires that it is about, and the consent that it waits for
 * @param pattern of the names of tags
 */
export function consentGiven(
  plan: Plan,
  of: string,
  when: TemplateValues,
  pattern: string,
  textOf: (source: Source) => Text,
): ConsentGiven {
  const id = `consent-given.${of}`
  const words = `given ${of}`
  const path = `planAgreed.${of}`
  const subject: Source = { kind: 'global', path }
  const variable = keyOf(plan, id, 'variable')
  const common = ofWholePlan(plan, '/consent/updateEvent')
  const placeholders = { id: words, event: words, title: words, part: words, stage: '', plan: plan.id }
  return {
    id,
    condition: equals(subject, '1'),
    textOf: (source) => (source === subject ? { variable: refTo(variable) } : textOf(source)),
    planned: [
      {
        ...common,
        kind: 'gtm/tag',
        template: 'tags/custom-html',
        key: keyOf(plan, id, 'tag'),
        naming: { pattern, values: { ...placeholders, kind: 'Consent' }, id: words },
        values: { html: mark(of), ...when },
      },
      {
        ...common,
        kind: 'gtm/variable',
        template: 'variables/javascript-variable',
        key: variable,
        naming: {
          pattern: plan.naming.variable ?? '{kind} - {source}',
          values: { kind: 'JSV', source: path, plan: plan.id },
          id: words,
        },
        values: { path },
      },
    ],
  }
}
