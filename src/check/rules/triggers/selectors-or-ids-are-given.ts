import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const selectorsOrIdsAreGiven = rule({
  code: 'selectors-or-ids-are-given',
  severity: 'error',
  profile: 'always',
  title: 'What watches one element says which: by selector or by id, not both.',
  reason:
    'A visibility trigger watches either a selector or an id, and without one there is nothing to watch.',
  fix: 'add `selector` or `id`.',
  source: 'https://support.google.com/tagmanager/answer/7679410',
  *check(places) {
    const watched: { at: string; what: string; selector: string | undefined; id: string | undefined }[] = []
    for (const conversion of places.conversions) {
      for (const { at, trigger } of conversion.triggers.filter(({ kind }) => kind === 'visible')) {
        watched.push({
          at: `${at}/visible`,
          what: 'visibility trigger',
          selector: trigger.visible?.selector,
          id: trigger.visible?.id,
        })
      }
    }
    for (const { at, source } of places.sources) {
      if (typeof source === 'object' && source.element !== undefined)
        watched.push({
          at: `${at}/element`,
          what: 'element source',
          selector: source.element.selector,
          id: source.element.id,
        })
    }
    for (const { at, what, selector, id } of watched) {
      if (selector === undefined && id === undefined)
        yield { at, about: 'key', absent: '*', message: `The ${what} does not say which element.` }
      if (selector !== undefined && id !== undefined)
        yield {
          at: `${at}/id`,
          about: 'key',
          message: `The ${what} has a selector and an id.`,
          fix: `keep one of the two; ${quoted(`#${id}`)} is a selector for the id.`,
        }
    }
  },
})
