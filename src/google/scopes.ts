/**
 * The least access each command needs.
 *
 * GTM: the scopes of every method in https://github.com/google/googleapis.dart/blob/444fd6c828253578ee2e9a2e7fd2189453917973/discovery/googleapis/tagmanager__v2.json
 * GA4: https://github.com/google/googleapis.dart/blob/444fd6c828253578ee2e9a2e7fd2189453917973/discovery/googleapis_beta/analyticsadmin__v1beta.json
 * BigQuery: `bigquery` for jobs.query; `bigquery.readonly` would do for questions, and not for the temporary tables they stand on (assumed).
 */

const PREFIX = 'https://www.googleapis.com/auth/'

export type Scope =
  | 'tagmanager.readonly'
  | 'tagmanager.edit.containers'
  | 'tagmanager.edit.containerversions'
  | 'tagmanager.publish'
  | 'tagmanager.delete.containers'
  | 'analytics.readonly'
  | 'analytics.edit'
  | 'bigquery'

/** What each scope is good for, in words for people. */
export const SCOPE_USE: Readonly<Record<Scope, string>> = {
  'tagmanager.readonly': 'read Tag Manager containers',
  'tagmanager.edit.containers': 'write in a Tag Manager workspace',
  'tagmanager.edit.containerversions': 'preview a Tag Manager workspace and make a version of it',
  'tagmanager.publish': 'put a Tag Manager version live',
  'tagmanager.delete.containers': 'delete a Tag Manager workspace',
  'analytics.readonly': 'read Google Analytics properties',
  'analytics.edit': 'write in a Google Analytics property',
  bigquery: 'run statements in BigQuery',
}

/**
 * Something a command does at Google.
 *
 * `read`: versions, workspaces, key events. `read-draft`: the full read of a workspace, which quick_preview gives and
 * which therefore asks for more than reading. `discard`: deleting a workspace. `report`: reports of the Data API. `query`:
 * statements at BigQuery. `annotate`: a note in GA4's reports. `who`: GA4's change history, which is only told to those who may write.
 */
export type Deed =
  | 'read'
  | 'read-draft'
  | 'apply'
  | 'publish'
  | 'rollback'
  | 'discard'
  | 'report'
  | 'query'
  | 'annotate'
  | 'who'

// An edit scope also reads: all GTM reads accept edit.containers, all GA4 reads accept analytics.edit. Naming the
// readonly scope beside it would only lengthen the consent screen.
const SCOPES_BY_DEED: Readonly<Record<Deed, readonly Scope[]>> = {
  read: ['tagmanager.readonly', 'analytics.readonly'],
  'read-draft': ['tagmanager.readonly', 'tagmanager.edit.containerversions', 'analytics.readonly'],
  apply: ['tagmanager.edit.containers', 'tagmanager.edit.containerversions', 'analytics.edit'],
  publish: ['tagmanager.readonly', 'tagmanager.publish'],
  rollback: ['tagmanager.edit.containers', 'tagmanager.publish'],
  discard: ['tagmanager.delete.containers'],
  annotate: ['analytics.edit'],
  who: ['analytics.edit'],
  report: ['analytics.readonly'],
  query: ['bigquery'],
}

/** What a wider scope makes needless. */
const COVERED_BY: Readonly<Partial<Record<Scope, Scope>>> = {
  'tagmanager.readonly': 'tagmanager.edit.containers',
  'analytics.readonly': 'analytics.edit',
}

/** The least set of scopes for these deeds together, sorted. */
export function scopesFor(...deeds: readonly Deed[]): readonly Scope[] {
  return withoutCovered(deeds.flatMap((deed) => SCOPES_BY_DEED[deed]))
}

function withoutCovered(scopes: readonly Scope[]): readonly Scope[] {
  const all = new Set(scopes)
  const isCovered = (scope: Scope): boolean => {
    const wider = COVERED_BY[scope]
    return wider !== undefined && all.has(wider)
  }
  return [...all].filter((scope) => !isCovered(scope)).sort()
}

/** As Google wants it in a token request: `https://www.googleapis.com/auth/...`. */
export function scopeUrl(scope: Scope): string {
  return PREFIX + scope
}

/**
 * How a person signs in for everything from diff to publish, and for `scope` too: a sign-in with one scope alone would
 * take the others away. cloud-platform is what gcloud itself insists on.
 * https://github.com/googleanalytics/google-analytics-mcp/blob/a8ca729d4a8fa99bffe87962c17c0539c6aa9da7/README.md
 */
export function loginCommand(scope?: Scope): string {
  const scopes = withoutCovered([...scopesFor('apply', 'publish'), ...(scope === undefined ? [] : [scope])])
  const urls = [`${PREFIX}cloud-platform`, ...scopes.map(scopeUrl)]
  return `gcloud auth application-default login --scopes=${urls.join(',')}`
}
