/** A scenario and what was observed give a result. The same for every level. */
import { NOT_MODELLED } from '../runtime/core/not-modelled.ts'
import type { Container } from '../runtime/core/container.ts'
import { ASKED_FOR, type Considered, type Decision, type TagDecision } from '../runtime/core/step.ts'
import type { Reason } from '../runtime/core/value.ts'
import type { ForeignSender } from './foreign.ts'
import { whatWasAwaited, whatDidNotCome } from './awaited.ts'
import {
  OF_THE_PAGE,
  worst,
  type Moment,
  type Outcome,
  type Result,
  type SeenHit,
  type Why,
} from './report.ts'
import type { Expected, Scenario } from './scenario.ts'

/** A conversion, and the tag that it compiled to. */
export interface TaggedConversion {
  readonly id: string
  readonly title: string
  readonly event: string
  readonly tag?: string
  /** The measurement id that it names for itself; null where the page decides on it. Left out: the environment's. */
  readonly sendsTo?: string | null
  /** Sent on every page that allows it, and so never "another" conversion. */
  readonly isAutomatic?: true
  /** Of vendors: the id of each tag, and the destination in the plan that it belongs to. */
  readonly vendors?: ReadonlyMap<string, string>
}

export interface Trial {
  readonly container: Container
  readonly conversions: readonly TaggedConversion[]
  /** Where the environment's data belongs; left out where only GA4 knows. */
  readonly measurementId?: string
  /** The environment's own server container: no hit may go round it. */
  readonly serverContainer?: string
  /** Tags of others, by id, that may send something which is not shown. */
  readonly foreign?: ReadonlyMap<string, ForeignSender>
}

export interface Observation {
  readonly hits: readonly SeenHit[]
  readonly decisions: readonly Decision[]
  /** Built only where it is shown: most scenarios pass and nobody reads theirs. */
  readonly timeline: () => readonly Moment[]
  /** A marker sent after everything else has arrived: what is not there by now does not come. */
  readonly marker: boolean
  /** What went wrong with the page or the browser; then nothing is proven. */
  readonly problems: readonly string[]
  readonly screenshot?: string
  readonly dataLayer?: () => string
}

type Finding = { readonly outcome: Outcome; readonly text: string; readonly reason?: Reason }

/** @param about the conversion; none where it is about the page, and so about all of them */
type About = Finding & { readonly about?: string }

/** A result, and where its scenario is about several conversions, what it says of each by itself. */
export interface Judged extends Result {
  readonly parts?: ReadonlyMap<string, Result>
  /** Ids of tags that ran. */
  readonly ran?: ReadonlySet<string>
  /** The page or the browser failed: what was not seen says nothing. */
  readonly failed?: true
}

/** @param explain also for what passed: the triggers that were asked and the time line */
export function judge(trial: Trial, scenario: Scenario, seen: Observation, explain: boolean): Judged {
  const of = (about: string) => (finding: Finding) => ({ ...finding, about })
  const findings: readonly About[] = [
    ...seen.problems.map((text): Finding => ({ outcome: 'not-proven', text })),
    ...(seen.marker || seen.problems.length > 0
      ? []
      : [{ outcome: 'not-proven', text: 'the marker sent at the end never arrived' } as const]),
    ...scenario.expect.flatMap((expected) =>
      judgeExpected(trial, scenario, expected, seen).map(of(expected.conversion)),
    ),
    ...scenario.expectNone.flatMap((id) => judgeSilent(trial, id, seen).map(of(id))),
    ...(scenario.expectNoOther ? judgeOthers(trial, scenario, seen) : []),
  ]
  const { conversions } = scenario
  const whole: Judged = {
    ...resultOf(trial, scenario, seen, explain, conversions, findings),
    ...(seen.problems.length > 0 || !seen.marker ? { failed: true } : {}),
  }
  const fired = seen.decisions.flatMap(({ tags }) => tags.filter((each) => each.outcome === 'fired'))
  const ran = new Set(fired.map(({ tag }) => tag))
  if (conversions.length < 2) return { ...whole, ran }
  // Of one that nobody named, each of them has to know.
  const isFor = (id: string, { about = id }: About): boolean => about === id || !conversions.includes(about)
  const parts = conversions.map((id): [string, Result] => [
    id,
    resultOf(
      trial,
      scenario,
      seen,
      explain,
      [id],
      findings.filter((finding) => isFor(id, finding)),
    ),
  ])
  return { ...whole, ran, parts: new Map(parts) }
}

function resultOf(
  trial: Trial,
  scenario: Scenario,
  seen: Observation,
  explain: boolean,
  conversions: readonly string[],
  findings: readonly About[],
): Result {
  const outcome = worst(['proven', ...findings.map((finding) => finding.outcome)])
  const isShown = explain || outcome !== 'proven'
  const reasons = findings.flatMap(({ reason }) => reason ?? [])
  const concerned = [...new Set([...conversions, ...findings.flatMap(({ about }) => about ?? [])])]
  return {
    scenario: scenario.id,
    title: scenario.title,
    origin: scenario.origin,
    expected: scenario.expect,
    saw: seen.hits,
    outcome,
    because: [...new Set(findings.map(({ text }) => text))],
    notModelled: [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()],
    ...(outcome === 'refuted' && scenario.lint !== undefined ? { lint: scenario.lint } : {}),
    why: isShown ? concerned.flatMap((id) => shownWhy(trial, id, seen)) : [],
    timeline: isShown ? seen.timeline() : [],
    ...(isShown && seen.screenshot !== undefined ? { screenshot: seen.screenshot } : {}),
    ...(isShown && seen.dataLayer !== undefined ? { dataLayer: seen.dataLayer() } : {}),
  }
}

/** One that was not tried, and why. */
export function notTried(scenario: Scenario, because: string): Result {
  return {
    scenario: scenario.id,
    title: scenario.title,
    origin: scenario.origin,
    expected: scenario.expect,
    saw: [],
    outcome: 'not-tried',
    because: [because],
    notModelled: [],
    why: [],
    timeline: [],
  }
}

function judgeExpected(
  trial: Trial,
  scenario: Scenario,
  expected: Expected,
  seen: Observation,
): readonly Finding[] {
  const conversion = conversionOf(trial, expected.conversion)
  const { event } = expected
  const sent = hitsOf(conversion, event, seen)
  const there = sent.filter((hit) => isWhereItBelongs(trial, conversion, hit))
  // Of another runtime's hits, those to another stream are somebody else's; where there are no others, it goes astray.
  const own = sent.some(({ tag }) => tag === undefined) && there.length > 0 ? there : sent
  const open = undecidedTags(conversion, seen.decisions)
  if (own.length === 0) {
    // On a page that failed, or that fell silent before its end, what is missing says nothing.
    if (seen.problems.length > 0 || !seen.marker) return []
    if (open.length > 0) return open.map((decision) => undecided(decision, `whether ${conversion.id} fires`))
    return [{ outcome: 'refuted', text: `${event} was not sent: ${whyNot(trial, conversion, seen)}` }]
  }
  const wanted = expected.times ?? (scenario.origin === 'derived' ? 1 : own.length)
  const judged = own.map((hit) => judgeHit(trial, conversion, expected, hit))
  const twins = twinsOf(trial, conversion, event, own)
  if (twins !== undefined && judged.some((each) => each.every(({ outcome }) => outcome !== 'refuted')))
    return [twins]
  return [
    ...(own.length === wanted
      ? []
      : [{ outcome: 'refuted', text: `${event} was sent ${own.length} times, not ${wanted}` } as const]),
    ...judged.flat(),
    ...open.map((decision) => undecided(decision, `whether ${conversion.id} fires once more`)),
    ...strangers(trial, conversion, event, seen, own),
    ...mayBeStrangers(trial, conversion, event, seen),
  ]
}

function judgeHit(
  trial: Trial,
  conversion: TaggedConversion,
  expected: Expected,
  hit: SeenHit,
): readonly Finding[] {
  const findings: Finding[] = Object.entries(hit.open).map(([name, reason]) => ({
    outcome: 'not-proven',
    text: `the parameter ${name} is not known: ${inWords(reason)}`,
    reason,
  }))
  if (hit.event !== expected.event)
    findings.push({ outcome: 'refuted', text: `${hit.event} was sent, not ${expected.event}` })
  if (!isWhereItBelongs(trial, conversion, hit))
    findings.push({
      outcome: 'refuted',
      text: `it goes to ${hit.target}, not to ${targetOf(trial, conversion) ?? ''}`,
    })
  if (trial.serverContainer !== undefined && !isUnder(hit.to, trial.serverContainer))
    findings.push({
      outcome: 'refuted',
      text: `it goes round the server container: to ${baseOf(hit.to)}, not to ${withoutSlash(trial.serverContainer)}`,
    })
  for (const [name, value] of Object.entries(expected.parameters)) {
    const actual = hit.parameters[name]
    if (name in hit.open) continue
    if (value === null && actual !== undefined)
      findings.push({
        outcome: 'refuted',
        text: `the parameter ${name} is ${shown(actual)}, and must be absent`,
      })
    else if (value !== null && actual !== value)
      findings.push({
        outcome: 'refuted',
        text:
          actual === undefined
            ? `the parameter ${name} is missing; it must be ${shown(value)}`
            : `the parameter ${name} is ${shown(actual)}, not ${shown(value)}`,
      })
  }
  const items = hit.open['items']
  if (expected.items !== undefined && items === undefined && hit.items.length !== expected.items)
    findings.push({ outcome: 'refuted', text: `it carries ${hit.items.length} items, not ${expected.items}` })
  return findings
}

/**
 * The same event from the page itself or a tag that is no conversion's: it counts, too, if in one property. A property can
 * have several streams.
 * @param own what the conversion itself has sent; undefined where it must be silent
 */
function strangers(
  trial: Trial,
  conversion: TaggedConversion,
  event: string,
  { hits }: Observation,
  own?: readonly SeenHit[],
): readonly Finding[] {
  const isOurs = (tag: string): boolean => trial.conversions.some((each) => each.tag === tag)
  return hits.flatMap((hit): Finding[] => {
    const { tag, target } = hit
    if (hit.event !== event || own?.includes(hit) === true) return []
    if (tag !== undefined && (tag === conversion.tag || isOurs(tag))) return []
    const by =
      tag === undefined
        ? 'the container'
        : tag === OF_THE_PAGE
          ? 'the page itself'
          : `the tag “${tagName(trial, tag)}” of the container`
    const isHere = isWhereItBelongs(trial, conversion, hit)
    const where = isHere ? '' : ' where that is a stream of the same property'
    const text =
      own === undefined
        ? `${event} was sent by ${by}, to ${target}, and must not be${where}`
        : `${event} is counted twice${where}: ${by} sends it too, to ${target}`
    return [{ outcome: isHere ? 'refuted' : 'not-proven', text }]
  })
}

/** Tags of others that ran, and the page itself, may have sent the event in a way that is not shown. */
function mayBeStrangers(
  trial: Trial,
  conversion: TaggedConversion,
  event: string,
  { decisions }: Observation,
): readonly Finding[] {
  const { foreign } = trial
  const said = new Set<string>()
  for (const { event: told, tags, beside } of decisions) {
    if (beside !== undefined && told === event && mayGoTo(beside.to, targetOf(trial, conversion)))
      said.add(
        `the page calls gtag('event', '${event}') as well: whether Google’s library sends that too is not shown`,
      )
    if (foreign === undefined || foreign.size === 0) continue
    for (const { tag, name, outcome } of tags) {
      const sender = foreign.get(tag)
      const isOpen = outcome === 'undecided' || (outcome === 'fired' && sender?.isModelled !== true)
      if (sender === undefined || !isOpen || sender.events?.includes(event) === false) continue
      said.add(`the tag “${name}” may send ${event} too: it ${sender.what}`)
    }
  }
  return [...said].map((text) => ({ outcome: 'not-proven', text }))
}

/** Whether what the page tells `gtag` may reach the target: it names others alone with `send_to`, or not. */
function mayGoTo(named: readonly string[], target: string | undefined): boolean {
  return target === undefined || named.length === 0 || named.includes(target)
}

function judgeSilent(trial: Trial, id: string, seen: Observation): readonly Finding[] {
  const conversion = conversionOf(trial, id)
  const { event } = conversion
  const own = hitsOf(conversion, event, seen).filter(
    (hit) => hit.tag !== undefined || isWhereItBelongs(trial, conversion, hit),
  )
  if (own.length > 0) {
    const why = waitsInVain(trial, conversion, own) ? WITHOUT_DEFAULT : ''
    const twins = twinsOf(trial, conversion, event, own)
    return [twins ?? { outcome: 'refuted', text: `${event} was sent, and must not be${why}` }]
  }
  return [
    ...undecidedTags(conversion, seen.decisions).map((decision) =>
      undecided(decision, `whether ${conversion.id} stays silent`),
    ),
    ...strangers(trial, conversion, event, seen),
    ...mayBeStrangers(trial, conversion, event, seen),
  ]
}

const WITHOUT_DEFAULT = ': the page sets no consent default, and without one no tag waits for consent'

/** Where a page sets no consent default, a tag that asks for consent is held back by nothing (GTM-RUNTIME 12). */
function waitsInVain({ container }: Trial, { tag }: TaggedConversion, hits: readonly SeenHit[]): boolean {
  const asks = container.tags.find(({ tagId }) => tagId === tag)?.consentSettings?.consentStatus === 'needed'
  return asks && hits.some(({ consent }) => consent === undefined)
}

function judgeOthers(trial: Trial, scenario: Scenario, seen: Observation): readonly About[] {
  const expected = new Set(scenario.expect.map(({ conversion }) => conversion))
  return trial.conversions
    .filter(
      ({ id, isAutomatic }) => isAutomatic !== true && !expected.has(id) && !scenario.expectNone.includes(id),
    )
    .flatMap(({ id }) => judgeSilent(trial, id, seen).map((finding) => ({ ...finding, about: id })))
}

function undecided(decision: TagDecision, what: string): Finding {
  const { because: reason } = decision
  const why = reason === undefined ? 'a condition is undecided' : inWords(reason)
  return { outcome: 'not-proven', text: `${what} is not known: ${why}`, ...(reason ? { reason } : {}) }
}

function inWords({ code, about }: Reason): string {
  return `${NOT_MODELLED[code].why.replace(/\.$/, '')} (${about})`
}

/** At level preview the tag is not known; then the event's name is all there is. */
function hitsOf(conversion: TaggedConversion, event: string, { hits }: Observation): readonly SeenHit[] {
  return hits.filter((hit) => (hit.tag === undefined ? hit.event === event : hit.tag === conversion.tag))
}

/** Where its hits must go; undefined where only the page, or GA4, knows. */
function targetOf(
  { measurementId }: Trial,
  { sendsTo = measurementId }: TaggedConversion,
): string | undefined {
  return sendsTo ?? undefined
}

/** Whether it goes to the stream of the plan. */
function isWhereItBelongs(trial: Trial, conversion: TaggedConversion, { target }: SeenHit): boolean {
  const wanted = targetOf(trial, conversion)
  return wanted === undefined || target === wanted
}

/** Where the tag is not known, others of one event name may have sent what was seen. */
function twinsOf(
  { conversions }: Trial,
  conversion: TaggedConversion,
  event: string,
  hits: readonly SeenHit[],
): Finding | undefined {
  const others = conversions.filter((each) => each.id !== conversion.id && each.event === event)
  if (others.length === 0 || hits.every(({ tag }) => tag !== undefined)) return undefined
  const ids = [conversion, ...others].map(({ id }) => id).join(', ')
  return {
    outcome: 'not-proven',
    text: `${event} was sent, and by which of ${ids} is not known: at this level the tag is not seen`,
  }
}

function undecidedTags(conversion: TaggedConversion, decisions: readonly Decision[]): readonly TagDecision[] {
  const own = decisions.flatMap(({ tags }) => tags.filter(({ tag }) => tag === conversion.tag))
  return own.filter(({ outcome }) => outcome === 'undecided')
}

/** Why a tag did not run, in a few words: what was decided about it, or the nearest trigger. */
function whyNot(trial: Trial, conversion: TaggedConversion, seen: Observation): string {
  const decided = seen.decisions
    .flatMap(({ tags }) => tags.filter(({ tag }) => tag === conversion.tag))
    .at(-1)
  if (decided !== undefined) return `its tag ${OUTCOME_WORDS[decided.outcome]} (${decided.by.join(', ')})`
  const entity = trial.container.tags.find(({ tagId }) => tagId === conversion.tag)
  const exceptions = new Set(
    (entity?.blockingTriggerId ?? []).map((id) => trial.container.triggers.get(id)?.name),
  )
  const nearest = whyOf(trial, conversion.id, seen.decisions).find(({ trigger }) => !exceptions.has(trigger))
  const first = nearest?.tests.find(({ verdict }) => verdict === 'no')
  // What a listener noted for other triggers is no answer to this one: it never came to it.
  if (nearest === undefined || first?.subject === ASKED_FOR)
    return whatDidNotCome(trial.container, entity, seen.decisions)
  if (first === undefined) return `“${nearest.trigger}” held, and the tag did not run`
  return `“${nearest.trigger}” did not hold: ${first.subject} was ${first.left} (${first.operator} ${first.value})`
}

const OUTCOME_WORDS: { readonly [outcome in TagDecision['outcome']]: string } = {
  fired: 'ran',
  blocked: 'was blocked',
  'used-up': 'had fired once on this page already',
  'no-consent': 'lacked consent',
  paused: 'is paused',
  nothing: 'ran and sent nothing',
  undecided: 'is undecided',
}

/** What is shown to a reader: also what was waited for, but of a page that failed, where that says nothing. */
function shownWhy(trial: Trial, id: string, { decisions, problems }: Observation): readonly Why[] {
  const asked = whyOf(trial, id, decisions)
  if (problems.length > 0) return asked
  const tag = trial.container.tags.find(({ tagId }) => tagId === conversionOf(trial, id).tag)
  return asked.length > 0 || tag === undefined ? asked : whatWasAwaited(trial.container, tag, decisions)
}

/** Every trigger of the conversion that was asked, nearest to firing first; of groups also the members, and what blocks. */
function whyOf(trial: Trial, id: string, decisions: readonly Decision[]): readonly Why[] {
  const { tag } = conversionOf(trial, id)
  const entity = trial.container.tags.find(({ tagId }) => tagId === tag)
  if (entity === undefined) return []
  const blocking = new Set(entity.blockingTriggerId)
  const own = new Set([...(entity.firingTriggerId ?? []), ...blocking])
  for (const [member, groups] of trial.container.groupsOf)
    if (groups.some((group) => own.has(group))) own.add(member)
  const all = decisions.flatMap((decision) =>
    decision.triggers
      .filter(({ trigger }) => own.has(trigger))
      .map((considered) => ({
        considered,
        event: decision.event,
        decided: decision.tags.find((each) => each.tag === tag),
      })),
  )
  return all
    .sort((a, b) => failing(a.considered) - failing(b.considered))
    .map(({ considered, event, decided }) => ({
      event,
      trigger: considered.name,
      verdict: considered.verdict,
      ...(blocking.has(considered.trigger) ? { blocks: true as const } : {}),
      tests: considered.tests.map(({ subject, operator, negate, value, left, verdict }) => ({
        subject,
        operator: negate ? `not ${operator}` : operator,
        value: JSON.stringify(value),
        left,
        verdict,
      })),
      ...(decided === undefined ? {} : { tag: OUTCOME_WORDS[decided.outcome] }),
    }))
}

/** How many conditions failed; what a listener noted for other triggers comes after everything else. */
function failing({ tests }: Considered): number {
  const failed = tests.filter(({ verdict }) => verdict === 'no')
  return failed.length + (failed.some(({ subject }) => subject === ASKED_FOR) ? tests.length : 0)
}

function conversionOf({ conversions }: Trial, id: string): TaggedConversion {
  const byId = BY_ID.get(conversions) ?? new Map(conversions.map((each) => [each.id, each]))
  BY_ID.set(conversions, byId)
  return byId.get(id) ?? { id, title: id, event: id }
}

/** Asked for in every scenario, of which there are several for each conversion. */
const BY_ID = new WeakMap<Trial['conversions'], ReadonlyMap<string, TaggedConversion>>()

function tagName({ container }: Trial, id: string): string {
  return container.tags.find(({ tagId }) => tagId === id)?.name ?? id
}

/** Whether a hit went to a server container, which may stand under a path of the site: https://shop.example/metrics. */
function isUnder(address: string, server: string): boolean {
  return URL.canParse(server) && baseOf(address) === withoutSlash(new URL(server).href)
}

/** A hit's address without GA4's own path. */
function baseOf(address: string): string {
  return address.replace(/\/[gj]\/collect$/, '')
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '')
}

function shown(value: string | number): string {
  return typeof value === 'number' ? `the number ${value}` : `"${value}"`
}
