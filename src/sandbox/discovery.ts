/**
 * The discovery document of an API, as clients that are made at run time ask for it. Made from the route table: every
 * method is in it, and one that is not imitated answers 501. Form: https://developers.google.com/discovery/v1/reference/apis
 */
import { APIS, type Api, type FieldType, type MethodFacts, type Schema } from './facts.ts'
import { ROUTES } from './routes.ts'

const SCOPE_PREFIX = 'https://www.googleapis.com/auth/'

export function discoveryDocument(version: string | null, rootUrl: string): object | undefined {
  const api = Object.values(APIS).find((candidate) => candidate.version === version)
  if (!api) return undefined
  const root = `${rootUrl}/`
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: `${api.api}:${api.version}`,
    name: api.api,
    version: api.version,
    revision: api.revision,
    title: `${api.api} ${api.version} (sandbox)`,
    protocol: 'rest',
    rootUrl: root,
    baseUrl: root,
    basePath: '',
    servicePath: '',
    batchPath: 'batch',
    parameters: STANDARD_PARAMETERS,
    auth: {
      oauth2: {
        scopes: Object.fromEntries(api.scopes.map((scope) => [SCOPE_PREFIX + scope, { description: scope }])),
      },
    },
    schemas: Object.fromEntries([...api.schemas].map(([name, schema]) => [name, schemaOf(name, schema)])),
    resources: resourcesOf(api),
  }
}

const STANDARD_PARAMETERS = {
  alt: { type: 'string', location: 'query', default: 'json', enum: ['json'] },
  access_token: { type: 'string', location: 'query' },
  fields: { type: 'string', location: 'query' },
  key: { type: 'string', location: 'query' },
  prettyPrint: { type: 'boolean', location: 'query', default: 'true' },
  quotaUser: { type: 'string', location: 'query' },
}

interface Resource {
  methods?: Record<string, object>
  resources?: Record<string, Resource>
}

function resourcesOf(api: Api): Record<string, Resource> {
  const top: Resource = {}
  for (const route of ROUTES) {
    if (route.api !== api) continue
    const parts = route.method.id.split('.')
    const last = parts.pop() ?? ''
    let resource = top
    for (const part of parts) {
      resource.resources ??= {}
      resource = resource.resources[part] ??= {}
    }
    resource.methods ??= {}
    resource.methods[last] = methodOf(api, route.method)
  }
  return top.resources ?? {}
}

function methodOf(api: Api, method: MethodFacts): object {
  const { parameter } = method
  const pathParameters = parameter && {
    [parameter.name]: {
      type: 'string',
      location: 'path',
      required: true,
      pattern: `^${parameter.pattern.replaceAll('*', '[^/]+')}$`,
    },
  }
  return {
    id: `${api.api}.${method.id}`,
    httpMethod: method.verb,
    path: method.path,
    flatPath: method.path.replace(/\{\+?\w+\}/, parameter?.pattern ?? ''),
    parameterOrder: parameter ? [parameter.name] : [],
    parameters: {
      ...pathParameters,
      ...Object.fromEntries(
        [...method.query].map(([name, field]) => [
          name,
          { ...scalarOf(field), location: 'query', ...(field.repeated && { repeated: true }) },
        ]),
      ),
    },
    ...(method.request !== undefined && { request: { $ref: method.request } }),
    ...(method.response !== undefined && { response: { $ref: method.response } }),
    scopes: method.scopes.map((scope) => SCOPE_PREFIX + scope),
  }
}

function schemaOf(id: string, schema: Schema): object {
  return {
    id,
    type: 'object',
    properties: Object.fromEntries([...schema].map(([name, field]) => [name, propertyOf(field)])),
  }
}

function propertyOf(field: FieldType): object {
  const item = field.type === 'message' ? { $ref: field.schema } : scalarOf(field)
  return field.repeated ? { type: 'array', items: item } : item
}

function scalarOf(field: FieldType): object {
  if (field.type === 'enum') return { type: 'string', enum: field.values }
  return { type: field.type, ...(field.format !== undefined && { format: field.format }) }
}
