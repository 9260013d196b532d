import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { isNumberInFile } from '../../../facts/entity-ids.ts'
import { entitiesIn, templatesIn, type EntityPlace } from '../../entities.ts'
import { rule } from '../../rule.ts'

export const entitiesReferToWhatIsThere = rule({
  code: 'entities-refer-to-what-is-there',
  severity: 'error',
  profile: 'always',
  title:
    'What an entity of the plan refers to stands in its file, or is a trigger of the plan by its name in GTM.',
  reason: 'Numbers of triggers and folders mean nothing outside of the file that they were exported with.',
  fix: 'export that one along with it, or write the name of a trigger of the plan in its place.',
  source: 'https://support.google.com/tagmanager/answer/6106997',
  *check(places) {
    const entities = entitiesIn(places.plan)
    const known = new Set(
      entities.flatMap(({ list, file, entity }) => {
        const id = fieldsOf(entity)[`${list}Id`]
        return typeof id === 'string' ? [`${file} ${list} ${id}`] : []
      }),
    )
    const templates = new Set(
      templatesIn(places.plan).flatMap(({ file, entity }) => {
        const { templateId } = fieldsOf(entity)
        return typeof templateId === 'string' ? [`${file} ${templateId}`] : []
      }),
    )
    for (const each of entities) {
      const [, template] = /^cvt_\d+_(\d+)$/.exec(String(fieldsOf(each.entity).type)) ?? []
      if (template !== undefined && !templates.has(`${each.file} ${template}`))
        yield {
          at: `${each.at}/type`,
          message: `There is no template number ${template} in this file.`,
          fix: 'export the template along with it (`customTemplate`).',
        }
      for (const { kind, id, at } of referencesIn(each)) {
        if (!isNumberInFile(id) || known.has(`${each.file} ${kind} ${id}`)) continue
        yield { at, message: `There is no ${kind} number ${id} in this file.` }
      }
    }
  },
})

interface Reference {
  readonly kind: 'trigger' | 'folder'
  readonly id: string
  readonly at: Pointer
}

function* referencesIn({ list, entity, at }: EntityPlace): Generator<Reference> {
  const fields = fieldsOf(entity)
  if (typeof fields.parentFolderId === 'string')
    yield { kind: 'folder', id: fields.parentFolderId, at: `${at}/parentFolderId` }
  if (list === 'tag') {
    for (const field of ['firingTriggerId', 'blockingTriggerId'])
      for (const [index, id] of listOf(fields[field]).entries())
        if (typeof id === 'string') yield { kind: 'trigger', id, at: at + pointerOf(field, index) }
  }
  yield* parametersIn(fields.parameter, `${at}/parameter`, 0)
}

/** Members of trigger groups. */
function* parametersIn(value: unknown, at: Pointer, depth: number): Generator<Reference> {
  if (depth > 40) return
  for (const [index, item] of listOf(value).entries()) {
    const fields = fieldsOf(item)
    const place = at + pointerOf(index)
    if (fields.type === 'TRIGGER_REFERENCE' && typeof fields.value === 'string')
      yield { kind: 'trigger', id: fields.value, at: `${place}/value` }
    yield* parametersIn(fields.list, `${place}/list`, depth + 1)
    yield* parametersIn(fields.map, `${place}/map`, depth + 1)
  }
}

function fieldsOf(value: unknown): { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown }) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
