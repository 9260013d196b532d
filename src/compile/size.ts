import { galleryWeight } from '../destinations/kinds.ts'
import { codeOfTemplate } from '../kinds/template.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { REFERENCE } from '../resources/braces.ts'
import type { Resource, TemplateSpec } from '../resources/resource.ts'

/**
 * What GTM allows a container to weigh. Google publishes no exact figure: 200 KB is what users meet, and Google
 * advises to act when the size shown in the interface passes 70 % (https://support.google.com/tagmanager/answer/6103657).
 */
const LIMIT = 200 * 1024
const WARN_ABOVE = 0.7

export interface ContainerSize {
  readonly bytes: number
  readonly share: number
}

/**
 * An estimate of what the plan adds to its container. GTM compiles entities to short lists in which names, notes and
 * folders are gone and a reference is a number; the same is counted here. Of a template its code and its permissions go along;
 * its picture, its form and its tests do not.
 */
export function estimateSize(resources: readonly Resource[]): ContainerSize {
  const bytes = resources.reduce(
    (sum, resource) =>
      sum +
      (resource.kind === 'gtm/template' ? templateSize(resource.spec) : compiledSize(compiledForm(resource))),
    0,
  )
  return { bytes, share: bytes / LIMIT }
}

function compiledForm(resource: Resource): unknown {
  switch (resource.kind) {
    case 'gtm/variable':
      return { function: resource.spec.type, ...resource.spec.parameters }
    case 'gtm/tag':
      return { function: resource.spec.type, ...resource.spec.parameters, once_per_event: true, tag_id: 999 }
    case 'gtm/trigger': {
      const { customEventFilter, filter, autoEventFilter, parameters, settings } = resource.spec
      const conditions = [...customEventFilter, ...filter, ...autoEventFilter]
      return [
        ...conditions.map(({ type, arg0, arg1 }) => ({ function: type, arg0, arg1 })),
        { ...parameters, ...settings },
        ['if', 999],
        ['add', 999],
      ]
    }
    case 'gtm/built-in-variable':
      return { function: resource.spec.type }
    default:
      return undefined
  }
}

/** Blanks of a template's source are not compiled along. Of one from the gallery the code is elsewhere: what its file weighed. */
function templateSize({ templateData, gallery }: TemplateSpec): number {
  if (templateData === '' && gallery !== undefined) return galleryWeight(gallery)
  const { code, permissions } = codeOfTemplate(templateData)
  return new TextEncoder().encode(`${code}\n${permissions}`.replace(/\s+/g, ' ')).length
}

const QUOTED_REFERENCE = new RegExp(`"${REFERENCE}"`, 'g')

function compiledSize(form: unknown): number {
  if (form === undefined) return 0
  const text = JSON.stringify(form).replaceAll(QUOTED_REFERENCE, '["macro",999]')
  return new TextEncoder().encode(text).length
}

/** The estimate in words. */
export function renderSize({ bytes, share }: ContainerSize): string {
  return `about ${(bytes / 1024).toFixed(1)} KB, ${Math.round(share * 100)} % of the 200 KB that GTM allows (an estimate)`
}

/** A warning when the container comes near its limit. */
export function checkSize(size: ContainerSize): Diagnostic[] {
  if (size.share <= WARN_ABOVE) return []
  return [
    {
      severity: 'warning',
      code: 'container-has-room',
      message: `The plan weighs ${renderSize(size)}; other people's tags come on top.`,
      fix: 'Let conversions share events and parameters, or move some of them to a container of their own.',
      at: '/stages',
    },
  ]
}
