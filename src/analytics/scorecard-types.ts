// Generated from schemas/scorecard.schema.json by `npm run generate`. Do not edit.

/**
 * What happened in a period, held against the measurement plan. Relations between micros and goals are associations.
 */
export interface Scorecard {
  /**
   * Changes when a reader would have to.
   */
  formatVersion: 1
  /**
   * Id of the plan.
   */
  plan: string
  /**
   * Its file.
   */
  file: string
  /**
   * Its title.
   */
  title: string
  /**
   * The environment.
   */
  environment: string
  /**
   * The plan’s currency; empty when it names none.
   */
  currency: string
  /**
   * The day it was made for.
   */
  asOf: string
  period: Period
  /**
   * The periods before, the nearest first.
   */
  compared: Period[]
  /**
   * Where the numbers come from.
   */
  source: {
    /**
     * Kind.
     */
    kind: 'files' | 'bigquery' | 'api'
    /**
     * Files, dataset or property.
     */
    names: string[]
    /**
     * What the source says about itself.
     */
    notes: string[]
  }
  /**
   * No verdict under these.
   */
  thresholds: {
    /**
     * Units.
     */
    units: number
    /**
     * Occurrences.
     */
    occurrences: number
  }
  /**
   * In the period.
   */
  totals: {
    /**
     * Sessions.
     */
    sessions: number
    /**
     * Users.
     */
    users: number
    /**
     * Events; null where the source does not say.
     */
    events: number | null
  }
  /**
   * First of all.
   */
  quality: Finding[]
  /**
   * Goals, then stage by stage.
   */
  conversions: Conversion[]
  /**
   * Those with a target of their own.
   */
  stages: StageSeen[]
  /**
   * By unit.
   */
  funnels: Funnel[]
  /**
   * By goal.
   */
  distinct: Distinct[]
  /**
   * By goal.
   */
  assisted: Assisted[]
  /**
   * By goal.
   */
  guardrails: Guardrail[]
  /**
   * By id.
   */
  experiments: Experiment[]
  /**
   * Alarms.
   */
  alerts: Alert[]
  /**
   * Parts of the traffic.
   */
  breakdowns: Breakdown[]
  /**
   * What to do.
   */
  next: Next[]
}
/**
 * Days that are looked at together, in the property’s time zone.
 */
export interface Period {
  /**
   * 2021-W02, 2021-01, or first and last day.
   */
  label: string
  /**
   * First day.
   */
  first: string
  /**
   * Last day.
   */
  last: string
  /**
   * Days in it.
   */
  days: number
  /**
   * Days of it that have data.
   */
  seen: number
}
/**
 * Something about the data that the reader must know.
 */
export interface Finding {
  /**
   * Stable name.
   */
  code: string
  /**
   * error: numbers are wrong by it. warning: they may be. info: to know.
   */
  severity: 'error' | 'warning' | 'info'
  /**
   * One sentence.
   */
  text: string
  /**
   * The conversion it is about.
   */
  conversion?: string
}
/**
 * One conversion of the plan.
 */
export interface Conversion {
  /**
   * Id in the plan.
   */
  id: string
  /**
   * Title in the plan.
   */
  title: string
  /**
   * What it is in the plan.
   */
  tier: 'goal' | 'micro'
  /**
   * Whether it decides.
   */
  primary: boolean
  /**
   * Its stage.
   */
  stage?: string
  /**
   * Who answers for it.
   */
  owner?: string
  /**
   * Who has agreed to its target.
   */
  approvedBy?: string
  /**
   * The number that decides, as the plan says it.
   */
  metric?: string
  /**
   * What is looked at beside it.
   */
  metrics?: string[]
  /**
   * What visitors are given for doing it: they may do it for that.
   */
  incentive?: string
  /**
   * Who measures it.
   */
  source: string
  /**
   * How often it happened: copies of a row once, a transaction of a user once.
   */
  count:
    | {
        /**
         * Times.
         */
        occurrences: number
        /**
         * Events, copies of a row once.
         */
        events: number
        /**
         * Sessions with it; null where the source has none.
         */
        sessions: number | null
        /**
         * Purchases without a transaction id, each counted.
         */
        withoutId: number
      }
    | Unknown
  /**
   * Share of units that did it.
   */
  rate: Rate | Unknown
  target?: Target
  /**
   * Of parts of the visitors; counts are sessions with it.
   */
  targets?: PartTarget[]
  /**
   * Ranges.
   */
  benchmarks: Benchmark[]
  /**
   * Against the period before, and the mean of up to four.
   */
  trend: Change[]
  /**
   * The rate of this period and of those before it, the oldest first.
   */
  history: {
    /**
     * Its label.
     */
    period: string
    /**
     * Rate.
     */
    rate: Rate | Unknown
  }[]
  /**
   * What it was worth.
   */
  value: Money | Unknown
  /**
   * From the first event of a session to the first time.
   */
  timeToAction: Quartiles | Unknown
  /**
   * From the last micro to the goal.
   */
  lag?: Quartiles | Unknown
  /**
   * Of what comes from files: by channel, device and market, where their rows say them; the largest first.
   */
  segments?: {
    /**
     * By what.
     */
    slice: 'channel' | 'device' | 'market'
    /**
     * Its name; (not set) where a row says none.
     */
    bucket: string
    /**
     * Times.
     */
    occurrences: number
    /**
     * Amount of those that carry one; null where none does.
     */
    value: number | null
  }[]
  /**
   * Sentences.
   */
  notes: string[]
}
/**
 * Why there is no number. Never read as zero.
 */
export interface Unknown {
  /**
   * no-units: nothing to divide by. not-enough-data: fewer units than a verdict may stand on. no-data: the period, or the one before, has no rows. not-available-from-this-source: the source never has it. cannot-be-told-apart: two conversions look the same in the data.
   */
  unknown:
    'no-units' | 'not-enough-data' | 'no-data' | 'not-available-from-this-source' | 'cannot-be-told-apart'
}
/**
 * A share of units, with Wilson’s 95 % interval.
 */
export interface Rate {
  /**
   * Units that did it.
   */
  k: number
  /**
   * Units that could have.
   */
  n: number
  /**
   * What the units are: sessions, users, or the id of the conversion whose sessions they are.
   */
  of: string
  /**
   * k divided by n.
   */
  value: number
  /**
   * Lower end.
   */
  low: number
  /**
   * Upper end.
   */
  high: number
}
/**
 * What the plan wants, and how far it is.
 */
export interface Target {
  /**
   * What wanted is: times, an amount in the plan’s currency, or a share of units.
   */
  kind: 'count' | 'amount' | 'rate'
  /**
   * As the plan says it.
   */
  text: string
  /**
   * For the days of this period that have data: a count, an amount, or a rate.
   */
  wanted: number
  /**
   * Reached divided by wanted, with interval.
   */
  progress: Estimate | Unknown
  /**
   * on-pace: reached. behind: the whole interval is below. cannot-tell: below, but the interval is not. not-enough-data: too little for a verdict.
   */
  status: 'on-pace' | 'behind' | 'cannot-tell' | 'not-enough-data'
  /**
   * The day it is to be reached.
   */
  by?: string
}
/**
 * A value with its 95 % interval and the units it rests on.
 */
export interface Estimate {
  /**
   * The value.
   */
  value: number
  /**
   * Lower end of the interval.
   */
  low: number
  /**
   * Upper end of the interval.
   */
  high: number
  /**
   * Units it rests on.
   */
  n: number
}
/**
 * What the plan wants of some of the visitors.
 */
export interface PartTarget {
  /**
   * Channel, device, market.
   */
  part: string
  target: Target
}
/**
 * A range that is usual, and where the rate stands.
 */
export interface Benchmark {
  /**
   * Only this channel.
   */
  channel?: string
  /**
   * Only this device.
   */
  device?: string
  /**
   * From.
   */
  low: number
  /**
   * To.
   */
  high: number
  /**
   * The rate of these units.
   */
  rate: Rate | Unknown
  /**
   * Only where the whole interval is on one side.
   */
  verdict: 'below' | 'within' | 'above' | 'not-enough-data'
  /**
   * Where the range comes from.
   */
  source?: string
}
/**
 * A difference of rates between two periods.
 */
export interface Change {
  /**
   * The period, or "mean of N".
   */
  against: string
  /**
   * This rate minus that one, with Newcombe’s interval.
   */
  difference: Estimate | Unknown
  /**
   * up, down: the interval leaves zero out. no-change-seen: it does not. not-enough-data: too few units.
   */
  verdict: 'up' | 'down' | 'no-change-seen' | 'not-enough-data'
  /**
   * The smallest change that these sizes show four times out of five.
   */
  detectable?: number
}
/**
 * An amount in the plan’s currency.
 */
export interface Money {
  /**
   * measured and assumed together.
   */
  amount: number
  /**
   * Of occurrences that carry a value, each transaction once.
   */
  measured: number
  /**
   * Of those that carry none, at the plan’s value for one.
   */
  assumed: number
  /**
   * Of all rows as they were sent, repeated transactions included.
   */
  asSent: number
}
/**
 * How long it took, in seconds.
 */
export interface Quartiles {
  /**
   * A quarter took less.
   */
  quarter: number
  /**
   * Half took less: the median.
   */
  half: number
  /**
   * Three quarters took less.
   */
  threeQuarters: number
  /**
   * How many.
   */
  n: number
}
/**
 * A stage with a target of its own.
 */
export interface StageSeen {
  /**
   * Its id.
   */
  id: string
  /**
   * Its title.
   */
  title: string
  /**
   * Share of units that did at least one of its micro conversions.
   */
  rate: Rate | Unknown
  target: Target
  /**
   * Titles of micro conversions of which no session is known (mails, the CRM, an event that never came): they are not in the rate.
   */
  missing: string[]
}
/**
 * Closed and ordered, within the attribution window.
 */
export interface Funnel {
  /**
   * What is counted.
   */
  unit: 'sessions' | 'users'
  /**
   * In the order of the plan.
   */
  steps: Step[]
  /**
   * The id of the step with the longest median from the step before.
   */
  slowest?: string
  /**
   * The id of the step that the largest share does not reach.
   */
  steepest?: string
}
/**
 * One step of the funnel.
 */
export interface Step {
  /**
   * Stage, or goal.
   */
  id: string
  /**
   * Its title.
   */
  title: string
  /**
   * Whether any of its conversions came on a day that was read. Else the funnel goes round it.
   */
  seen: boolean
  /**
   * Units that came here in order.
   */
  units: number
  /**
   * Of those at the step before.
   */
  rate: Rate | Unknown
  /**
   * Units of the step before that did not come.
   */
  lost: number
  /**
   * From the step before.
   */
  time: Quartiles | Unknown
}
/**
 * Goals by how many different micros came before.
 */
export interface Distinct {
  /**
   * The goal.
   */
  goal: string
  /**
   * By number of micros.
   */
  steps: {
    /**
     * Different micros before the first goal of the session.
     */
    micros: number
    /**
     * Sessions that reached the goal.
     */
    rate: Rate | Unknown
  }[]
}
/**
 * The value of a goal, shared equally over the distinct micros before it.
 */
export interface Assisted {
  /**
   * The goal.
   */
  goal: string
  /**
   * Times.
   */
  occurrences: number
  /**
   * Value of all of them; shares sum to it.
   */
  total: number
  /**
   * measured: amounts of the events; plan: the plan’s value for one; count: no value, one each.
   */
  valued: 'measured' | 'plan' | 'count'
  /**
   * By micro; the last without id is what no micro came before.
   */
  shares: {
    /**
     * Id; empty for none.
     */
    micro: string
    /**
     * Its stage.
     */
    stage?: string
    /**
     * Goals it came before.
     */
    occurrences: number
    /**
     * Its share.
     */
    value: number
  }[]
  /**
   * The same by stage.
   */
  stages: {
    /**
     * Id; empty for none.
     */
    stage: string
    /**
     * Share.
     */
    value: number
  }[]
}
/**
 * A number that must not fall.
 */
export interface Guardrail {
  /**
   * The goal that has it.
   */
  goal: string
  /**
   * As the plan says it.
   */
  metric: string
  /**
   * How far it may fall, as a share.
   */
  maxDrop: number
  /**
   * This period against the same weekdays of the periods before, as a share, users drawn again.
   */
  change: Estimate | Unknown
  /**
   * ok: surely not below. breach: surely below. watch: surely fallen, perhaps too far. cannot-tell: open.
   */
  verdict: 'ok' | 'watch' | 'breach' | 'cannot-tell'
  /**
   * Why, in a sentence.
   */
  reason: string
  /**
   * What the plan says to do.
   */
  action?: string
}
/**
 * A change tried on some of the visitors. Unit: user.
 */
export interface Experiment {
  /**
   * Id.
   */
  id: string
  /**
   * What people call it; the id in words where the plan does not say.
   */
  title: string
  /**
   * As the plan says it.
   */
  hypothesis: string
  /**
   * Days with data.
   */
  days: number
  /**
   * No verdict before.
   */
  minDays: number
  /**
   * Users that saw several variants; in none.
   */
  mixed: number
  /**
   * The p value of equal shares.
   */
  sampleRatioP: number | Unknown
  /**
   * What was seen.
   */
  variants: {
    /**
     * Its value.
     */
    variant: string
    /**
     * Whether it is as before.
     */
    control: boolean
    /**
     * Users that did what should rise.
     */
    rate: Rate | Unknown
    /**
     * Minus the control.
     */
    effect: Estimate | Unknown
    /**
     * Goals that must not fall.
     */
    guards: {
      /**
       * The goal.
       */
      goal: string
      /**
       * Minus the control.
       */
      effect: Estimate | Unknown
      /**
       * As of a guardrail.
       */
      verdict: 'ok' | 'watch' | 'breach' | 'cannot-tell'
    }[]
  }[]
  /**
   * What may be said.
   */
  verdict:
    | 'no-data'
    | 'sample-ratio-mismatch'
    | 'too-early'
    | 'not-enough-data'
    | 'guard-breached'
    | 'better'
    | 'worse'
    | 'no-difference-seen'
  /**
   * Why, in a sentence.
   */
  reason: string
}
/**
 * An alarm that the plan asks for.
 */
export interface Alert {
  /**
   * Id.
   */
  conversion: string
  /**
   * Which.
   */
  kind: 'drop' | 'target' | 'benchmark'
  /**
   * A sentence.
   */
  text: string
}
/**
 * The same rates for parts of the traffic.
 */
export interface Breakdown {
  /**
   * By what.
   */
  slice: 'device' | 'channel' | 'market' | 'segment'
  /**
   * The largest first.
   */
  buckets: {
    /**
     * Its name.
     */
    bucket: string
    /**
     * What the plan calls the market.
     */
    title?: string
    /**
     * Sessions.
     */
    sessions: number
    /**
     * By conversion.
     */
    rates: {
      /**
       * Id.
       */
      conversion: string
      /**
       * Rate.
       */
      rate: Rate | Unknown
      /**
       * Whether a verdict could stand on it.
       */
      enough: boolean
    }[]
  }[]
}
/**
 * What to do next, the most pressing first.
 */
export interface Next {
  /**
   * Equal ranks cannot be told apart.
   */
  rank: number
  /**
   * A sentence.
   */
  what: string
  /**
   * A sentence.
   */
  why: string
  /**
   * Id.
   */
  conversion?: string
  /**
   * Who.
   */
  owner?: string
  /**
   * What the gap is worth, by association, in the plan’s currency.
   */
  worth?: Estimate | Unknown
}
