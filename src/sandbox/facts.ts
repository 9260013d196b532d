/**
 * What Google's discovery documents say about each API: methods, paths, scopes, fields, enums. The route table, the
 * request checks, the served discovery document and the published coverage list are all made from it.
 *
 * The notation in facts/*.json is one string a field: a type, then flags. `string:int64` is a string of that format,
 * `@Tag` a message, `=a|b` an enum, `[...]` a list of the same; flags are `required`, `immutable`, `output_only`, ...
 */
import analyticsadminV1alpha from './facts/analyticsadmin-v1alpha.json' with { type: 'json' }
import analyticsadminV1beta from './facts/analyticsadmin-v1beta.json' with { type: 'json' }
import analyticsdataV1beta from './facts/analyticsdata-v1beta.json' with { type: 'json' }
import bigqueryV2 from './facts/bigquery-v2.json' with { type: 'json' }
import tagmanagerV2 from './facts/tagmanager-v2.json' with { type: 'json' }

export interface FieldType {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'enum' | 'message'
  readonly repeated: boolean
  readonly format?: string
  readonly values?: readonly string[]
  readonly schema?: string
  readonly flags: readonly string[]
}

export interface MethodFacts {
  /** As Google's documentation names it, without the API: `accounts.containers.list`. */
  readonly id: string
  readonly verb: string
  /** URL template; `{+parent}` keeps its slashes. */
  readonly path: string
  /** The one path parameter, if any, and what it must look like: `accounts/*`. */
  readonly parameter: { readonly name: string; readonly pattern: string } | undefined
  readonly query: ReadonlyMap<string, FieldType>
  /** Its schema; `*` for one whose fields the sandbox does not know and passes on as they are. */
  readonly request: string | undefined
  readonly response: string | undefined
  readonly scopes: readonly string[]
}

export type Schema = ReadonlyMap<string, FieldType>

export interface Api {
  readonly name: ApiName
  readonly api: string
  readonly version: string
  readonly revision: string
  readonly scopes: readonly string[]
  readonly methods: ReadonlyMap<string, MethodFacts>
  readonly schemas: ReadonlyMap<string, Schema>
}

export type ApiName =
  | 'tagmanager.v2'
  | 'analyticsadmin.v1beta'
  | 'analyticsadmin.v1alpha'
  | 'analyticsdata.v1beta'
  | 'bigquery.v2'

interface FactsFile {
  readonly api: string
  readonly version: string
  readonly revision: string
  readonly scopes: readonly string[]
  readonly methods: Readonly<Record<string, MethodFile>>
  readonly schemas: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface MethodFile {
  readonly http: string
  readonly query?: Readonly<Record<string, string>>
  readonly request?: string
  readonly response?: string
  readonly scopes: string
  readonly path?: string
  readonly parent?: string
  readonly name?: string
  readonly account?: string
  readonly property?: string
  readonly entity?: string
}

export const APIS: Readonly<Record<ApiName, Api>> = {
  'tagmanager.v2': readFacts('tagmanager.v2', tagmanagerV2 as unknown as FactsFile),
  'analyticsadmin.v1beta': readFacts('analyticsadmin.v1beta', analyticsadminV1beta as unknown as FactsFile),
  'analyticsadmin.v1alpha': readFacts(
    'analyticsadmin.v1alpha',
    analyticsadminV1alpha as unknown as FactsFile,
  ),
  'analyticsdata.v1beta': readFacts('analyticsdata.v1beta', analyticsdataV1beta as unknown as FactsFile),
  'bigquery.v2': readFacts('bigquery.v2', bigqueryV2 as unknown as FactsFile),
}

function readFacts(name: ApiName, file: FactsFile): Api {
  return {
    name,
    api: file.api,
    version: file.version,
    revision: file.revision,
    scopes: file.scopes,
    methods: new Map(Object.entries(file.methods).map(([id, method]) => [id, readMethod(id, method)])),
    schemas: new Map(Object.entries(file.schemas).map(([schema, fields]) => [schema, readFields(fields)])),
  }
}

function readMethod(id: string, method: MethodFile): MethodFacts {
  const [verb, path] = method.http.split(' ') as [string, string]
  const parameterName = /\{\+?(\w+)\}/.exec(path)?.[1]
  const pattern = parameterName && method[parameterName as keyof MethodFile]
  return {
    id,
    verb,
    path,
    parameter: parameterName && typeof pattern === 'string' ? { name: parameterName, pattern } : undefined,
    query: readFields(method.query ?? {}),
    request: method.request,
    response: method.response,
    scopes: method.scopes.split(' '),
  }
}

function readFields(fields: Readonly<Record<string, string>>): Schema {
  return new Map(Object.entries(fields).map(([field, notation]) => [field, readField(notation)]))
}

export function readField(notation: string): FieldType {
  const [type = '', ...flags] = notation.split(' ')
  const repeated = type.startsWith('[')
  const item = repeated ? type.slice(1, -1) : type
  if (item.startsWith('@')) return { type: 'message', schema: item.slice(1), repeated, flags }
  if (item.startsWith('=')) return { type: 'enum', values: item.slice(1).split('|'), repeated, flags }
  const [base, format] = item.split(':') as [FieldType['type'], string | undefined]
  return { type: base, repeated, flags, ...(format !== undefined && { format }) }
}
