/** How one of the shared API descriptions is shortened to what the sandbox needs; the notation is read by src/sandbox/facts.ts. */

interface SharedField {
  readonly type?: string
  readonly ref?: string
  readonly arrayOf?: SharedField
  readonly format?: string
  readonly enum?: readonly string[]
  readonly behavior?: readonly string[]
  readonly requiredOn?: readonly string[]
  readonly repeated?: boolean
}
interface SharedMethod {
  readonly verb: string
  readonly path: string
  readonly pathParams: Readonly<Record<string, { readonly pattern: string }>>
  readonly queryParams: Readonly<Record<string, SharedField>>
  readonly request: string | null
  readonly response: string | null
  readonly scopes: readonly string[]
}
export interface SharedApi {
  readonly api: string
  readonly version: string
  readonly revision: string
  readonly scopes: readonly string[]
  readonly methods: Readonly<Record<string, SharedMethod>>
  readonly schemas: Readonly<Record<string, { readonly fields?: Readonly<Record<string, SharedField>> }>>
}

const SCOPE_PREFIX = 'https://www.googleapis.com/auth/'

export function compactFacts(api: SharedApi) {
  const names = (full: string) => full.replace(/^GoogleAnalyticsAdminV1(beta|alpha)/, '')
  const field = (of: SharedField): string => {
    const flags = [...(of.behavior ?? []), ...(of.requiredOn ? ['required'] : [])]
    return [fieldType(of, names), ...flags].join(' ')
  }
  return {
    api: api.api,
    version: api.version,
    revision: api.revision,
    scopes: api.scopes.map(shortScope),
    methods: mapValues(api.methods, (method) => ({
      http: `${method.verb} ${method.path}`,
      ...mapValues(method.pathParams, ({ pattern }) =>
        pattern.replace(/^\^|\$$/g, '').replaceAll('[^/]+', '*'),
      ),
      ...(Object.keys(method.queryParams).length > 0 && { query: mapValues(method.queryParams, field) }),
      ...(method.request !== null && { request: names(method.request) }),
      ...(method.response !== null && { response: names(method.response) }),
      scopes: method.scopes.map(shortScope).join(' '),
    })),
    schemas: Object.fromEntries(
      Object.entries(api.schemas).map(([name, schema]) => [
        names(name),
        mapValues(schema.fields ?? {}, field),
      ]),
    ),
  }
}

function fieldType(field: SharedField, names: (full: string) => string): string {
  if (field.ref !== undefined) return `@${names(field.ref)}`
  if (field.arrayOf !== undefined) return `[${fieldType(field.arrayOf, names)}]`
  if (field.repeated) return `[${fieldType({ ...field, repeated: false }, names)}]`
  if (field.enum !== undefined) return `=${field.enum.join('|')}`
  return field.format === undefined ? String(field.type) : `${field.type}:${field.format}`
}

const shortScope = (scope: string) => scope.replace(SCOPE_PREFIX, '')

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
