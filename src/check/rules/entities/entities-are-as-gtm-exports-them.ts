import { fieldProblems } from '../../../facts/entity-fields.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { ENTITY_LISTS } from '../../../plan/entities.ts'
import { entitiesIn, templatesIn } from '../../entities.ts'
import { rule } from '../../rule.ts'

export const entitiesAreAsGtmExportsThem = rule({
  code: 'entities-are-as-gtm-exports-them',
  severity: 'error',
  profile: 'always',
  title: 'An entity that the plan takes in has the form in which GTM exports it.',
  reason:
    'Google drops fields that it does not know without a word, and refuses the rest in the middle of an apply.',
  fix: 'export it from GTM again (Admin, Export Container), or compare it with one that was.',
  source:
    'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.tags',
  *check(places) {
    for (const [index, file] of (places.plan.entities ?? []).entries()) {
      if (typeof file !== 'object') continue
      for (const list of [...ENTITY_LISTS, 'customTemplate']) {
        const items = (file.containerVersion as { readonly [list: string]: unknown })[list]
        if (items !== undefined && !Array.isArray(items))
          yield {
            at: pointerOf('entities', index, 'containerVersion', list),
            message: `"${list}" is not a list of entities.`,
          }
      }
    }
    const templates = templatesIn(places.plan).map((each) => ({ ...each, list: 'template' as const }))
    for (const { list, at, entity } of [...templates, ...entitiesIn(places.plan)]) {
      for (const { steps, says } of fieldProblems(`gtm/${list}`, entity, 'export')) {
        const isMissing = says === 'is missing'
        const last = steps.at(-1)
        const what = typeof last === 'string' ? `"${last}"` : 'this'
        yield {
          at: at + pointerOf(...(isMissing ? steps.slice(0, -1) : steps)),
          message: `In the ${list}${nameOf(entity)}, ${what} ${says}.`,
        }
      }
    }
  },
})

function nameOf(entity: unknown): string {
  const { name } = (typeof entity === 'object' && entity !== null ? entity : {}) as {
    readonly name?: unknown
  }
  return typeof name === 'string' ? ` ${JSON.stringify(name)}` : ''
}
