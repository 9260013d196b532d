// Generated from schemas/plan.schema.json by `npm run generate`. Do not edit.

/**
 * A JSON file beside the plan, as GTM exports it; of its containerVersion tags, triggers, variables and folders are taken in.
 */
export type EntityFile =
  | string
  | {
      /**
       * As in GTM's export.
       */
      containerVersion: {}
    }
/**
 * Where a value comes from: a literal, or exactly one source such as { dataLayer: plan.type }.
 */
export type Source =
  | string
  | number
  | boolean
  | {
      /**
       * A key of the data layer; dots reach into objects: plan.type.
       */
      dataLayer?: string
      /**
       * A part of the page address: full (without the fragment, which GTM leaves out), host, path, fragment, or { query: name }.
       */
      url?:
        | string
        | {
            /**
             * The name of a query parameter.
             */
            query: string
          }
      /**
       * The address of the page before this one.
       */
      referrer?: true
      /**
       * The name of a first-party cookie.
       */
      cookie?: string
      /**
       * The text or an attribute of an element of the page.
       */
      element?: {
        /**
         * The first element that matches.
         */
        selector?: string
        /**
         * The element with this id; instead of selector.
         */
        id?: string
        /**
         * The attribute to read; its text when left out.
         */
        attribute?: string
      }
      /**
       * Something about the clicked element: url, text, id, classes, target, element, or an attribute such as data-cta.
       */
      click?: string
      /**
       * Something about the submitted form.
       */
      form?: 'id' | 'classes' | 'text' | 'url' | 'target' | 'element'
      /**
       * Something about the scroll: depth is the threshold that was reached.
       */
      scroll?: 'depth' | 'units' | 'direction'
      /**
       * Something about the video.
       */
      video?: 'title' | 'url' | 'percent' | 'status' | 'provider' | 'duration' | 'current_time' | 'visible'
      /**
       * How much of the element was seen (percent) or for how long (duration, milliseconds).
       */
      visibility?: 'percent' | 'duration'
      /**
       * Something about the history change.
       */
      history?: 'source' | 'new_fragment' | 'old_fragment' | 'new_state' | 'old_state'
      /**
       * Something about the JavaScript error.
       */
      error?: 'message' | 'url' | 'line'
      /**
       * The name of the data layer event that is being handled: { event: true }.
       */
      event?: true
      /**
       * What GTM knows of itself: id, version, environment (its name in GTM) or debug (whether it is in preview).
       */
      container?: 'id' | 'version' | 'environment' | 'debug'
      /**
       * A variable of the page by its path from window: document.title.
       */
      global?: string
      /**
       * A text with values in it: { text: "{section} | {plan}", with: { section: { url: path }, plan: { dataLayer: plan.type } } }. What is missing leaves nothing.
       */
      text?: string
      /**
       * Another value, turned into this one by a table of exact values.
       */
      lookup?: {
        from: Source
        /**
         * Value to result.
         */
        map: {
          [k: string]: Source
        }
      }
      /**
       * Another value, turned into this one by the first regular expression that matches.
       */
      match?: {
        from: Source
        /**
         * Regular expression to result, tried in order.
         */
        patterns: {
          [k: string]: Source
        }
        /**
         * Upper and lower case are the same.
         */
        ignoreCase?: boolean
        /**
         * The whole value must match.
         */
        fullMatch?: boolean
      }
      /**
       * An anonymous function that returns the value: function() { ... }. A last resort: prefer the data layer or a table.
       */
      javascript?: string
      /**
       * The name of a variable that exists in the container already and is not ours.
       */
      variable?: string
      /**
       * No value: the parameter is left out. For rows of tables and for format: { nothing: true }.
       */
      nothing?: true
      /**
       * The values of the names in braces of a text.
       */
      with?: {
        [k: string]: Source
      }
      /**
       * 1 reads only what was pushed last under exactly this key, dots and all; 2 (when left out) reaches into objects. Only with dataLayer.
       */
      version?: 1 | 2
      /**
       * What becomes of the value that was read, as GTM's Format value does it: { case: lower, undefined: none }.
       */
      format?: {
        /**
         * Texts in lower or upper case.
         */
        case?: 'lower' | 'upper'
        undefined?: Source
        null?: Source
        true?: Source
        false?: Source
      }
      default?: Source
    }
/**
 * granted or denied for all four types of consent mode, or by consent type.
 */
export type ConsentDefault =
  | string
  | {
      [k: string]: 'granted' | 'denied'
    }
/**
 * What a destination hears of a conversion: a name of the vendor's, `true`, `false`, or a map.
 */
export type Sent =
  | string
  | boolean
  | {
      /**
       * The vendor's name, label or number for it; left out: the vendor's own name of the event.
       */
      as?: string
      value?: Source
      currency?: Source
      id?: Source
      /**
       * false: what was bought does not go along. Left out: it does where the conversion has `ecommerce: true`.
       */
      items?: boolean
      /**
       * The visitor's own data that goes along: an id under the plan's `userData`, in place of the destination's.
       */
      userData?: string
      /**
       * Of Google Ads: false where the action is a secondary one there, which bids leave alone. It is set in Google Ads; the plan states it.
       */
      primary?: boolean
      /**
       * What else it says there, in the vendor's words.
       */
      parameters?: {
        [k: string]: Source
      }
    }

/**
 * A measurement plan: what a team measures, why, who answers for it, and how it is set up in Google Tag Manager and GA4.
 */
export interface PlanDocument {
  /**
   * The version of the plan language.
   */
  version: 1
  /**
   * Another plan file that this one changes: maps merge by key, null removes. Of several in a list, a later one goes before an earlier.
   *
   * @minItems 1
   */
  extends?: string | string[]
  /**
   * The plan's identity: lower-case letters, digits, underscores. Everything it makes at Google is marked with it.
   */
  plan: string
  /**
   * The plan's id before it was renamed: what it made at Google goes along. May be taken out once it is applied everywhere.
   */
  was?: string
  /**
   * What people call the plan.
   */
  title: string
  /**
   * What the plan is for.
   */
  description?: string
  /**
   * The plan is not finished: the law of three to five micro conversions in each stage is only a warning.
   */
  draft?: boolean
  /**
   * Who answers for every conversion that names no owner of its own.
   */
  owner?: string
  /**
   * ISO 4217 code, upper case: the currency of every value.
   */
  currency?: string
  /**
   * IANA name, for example Asia/Dubai.
   */
  timezone?: string
  /**
   * How often the team looks at the plan.
   */
  review?: {
    /**
     * How often the micro conversions are looked at.
     */
    scorecard?: 'weekly' | 'monthly' | 'quarterly' | 'yearly'
    /**
     * How often targets are recalibrated.
     */
    targets?: 'weekly' | 'monthly' | 'quarterly' | 'yearly'
    /**
     * How often the plan itself is renewed.
     */
    plan?: 'weekly' | 'monthly' | 'quarterly' | 'yearly'
  }
  /**
   * How long after a micro conversion a goal still counts as led to, for example 30d.
   */
  attributionWindow?: string
  /**
   * The site that is measured.
   */
  site?: {
    /**
     * Its host names.
     *
     * @minItems 1
     */
    hosts?: string[]
    /**
     * Whether routes change without a page load.
     */
    singlePageApp?: boolean
    /**
     * The languages of the site, for example en, ar.
     *
     * @minItems 1
     */
    languages?: string[]
  }
  enhancedMeasurement?: EnhancedMeasurement
  property?: Property
  /**
   * Lists of visitors in GA4, by id. Empty (`audiences: {}`) archives those that the plan made; left out, GA4's audiences are not even read.
   */
  audiences?: {
    [k: string]: Audience
  }
  /**
   * Tags, triggers, variables and folders that the plan takes in as they are: JSON files beside the plan in the form of GTM's export. For whatever the language does not say.
   *
   * @minItems 1
   * @maxItems 20
   */
  entities?: EntityFile[]
  /**
   * What visitors have told about themselves, by an id that destinations name. It never goes into a parameter of an event; the vendor's own script hashes it.
   */
  userData?: {
    [k: string]: UserData
  }
  eventId?: Source
  /**
   * Where conversions go beside GA4, by id.
   */
  destinations?: {
    [k: string]: Destination
  }
  /**
   * What holds before visitors have chosen, by where they are: ISO 3166-2 codes such as DE or US-CA, `EEA` for its thirty countries, `other` for everywhere else. The most specific one counts. `plan compile --format consent` writes the code for the site.
   */
  consentRegions?: {
    [k: string]: ConsentDefault
  }
  /**
   * The markets inside one container and one property, by id: lower-case country codes, `"no"` in quotes. Every event carries `market`, looked up in the page's address.
   */
  markets?: {
    [k: string]: Market
  }
  consent?: Consent
  /**
   * Where the plan is applied: staging, production, a market.
   */
  environments: {
    [k: string]: Environment
  }
  /**
   * Values for ${NAME} in every environment.
   */
  vars?: {
    /**
     * The value.
     */
    [k: string]: string | number | boolean
  }
  /**
   * The names that the environment that runs the command may give a value for ${NAME}. Credentials cannot be listed.
   */
  env?: string[]
  /**
   * managed: the plan makes the Google tag. existing: this container or the site loads it already.
   */
  googleTag?: 'managed' | 'existing'
  /**
   * The address of a server container that events are sent to; an environment may have its own.
   */
  transportUrl?: string
  measurementIdFrom?: Source
  naming?: Naming
  /**
   * The dictionary of event parameters.
   */
  parameters?: {
    [k: string]: ParameterDefinition
  }
  /**
   * Parameters that every event of the plan carries. GA4's automatic events (page_view, ...) carry those that cannot change.
   */
  sharedParameters?: {
    [k: string]: Source
  }
  /**
   * Properties of the visitor that every event of the plan carries. The last value sent is the one that GA4 keeps.
   */
  userProperties?: {
    [k: string]: Source
  }
  /**
   * Titles of touchpoints, by id.
   */
  touchpoints?: {
    [k: string]: string
  }
  /**
   * The macro conversions, by id.
   */
  goals: {
    [k: string]: Goal
  }
  /**
   * The steps of the funnel, in order, by id.
   */
  stages: {
    [k: string]: Stage
  }
  /**
   * Changes that are tried on some of the visitors, by id.
   */
  experiments?: {
    [k: string]: Experiment
  }
  /**
   * Findings that are accepted for now, each with a reason and an end.
   */
  ignore?: Ignore[]
}
/**
 * What GA4 collects of itself in the environment's stream. What stands here is compared and written, and checked so that nothing is counted twice; whatever is left out is left as it is.
 */
export interface EnhancedMeasurement {
  /**
   * Whether GA4 collects anything of itself beside page views. Off, none of the switches below counts.
   */
  enabled?: boolean
  /**
   * GA4 sends scroll at 90 percent.
   */
  scrolls?: boolean
  /**
   * GA4 sends click for links to other hosts.
   */
  outboundClicks?: boolean
  /**
   * GA4 sends view_search_results when the address has a search query.
   */
  siteSearch?: boolean
  /**
   * The query parameters that hold the search term.
   *
   * @minItems 1
   * @maxItems 10
   */
  searchParameters?: string[]
  /**
   * GA4 sends video_start, video_progress, video_complete for YouTube.
   */
  videos?: boolean
  /**
   * GA4 sends file_download for common file types.
   */
  fileDownloads?: boolean
  /**
   * GA4 sends form_start and form_submit.
   */
  forms?: boolean
  /**
   * GA4 sends page_view when the address changes without a page load.
   */
  pageChanges?: boolean
}
/**
 * Settings of the GA4 property.
 */
export interface Property {
  /**
   * The currency that the property's reports are shown in, ISO 4217. `currency` of the plan is what values are said in; GA4 converts.
   */
  currency?: string
  /**
   * The time zone of the property's days, IANA name. A new one counts from now on.
   */
  timezone?: string
  /**
   * What the business is, in GA4's list.
   */
  industry?:
    | 'automotive'
    | 'business and industrial markets'
    | 'finance'
    | 'healthcare'
    | 'technology'
    | 'travel'
    | 'other'
    | 'arts and entertainment'
    | 'beauty and fitness'
    | 'books and literature'
    | 'food and drink'
    | 'games'
    | 'hobbies and leisure'
    | 'home and garden'
    | 'internet and telecom'
    | 'law and government'
    | 'news'
    | 'online communities'
    | 'people and society'
    | 'pets and animals'
    | 'real estate'
    | 'reference'
    | 'science'
    | 'sports'
    | 'jobs and education'
    | 'shopping'
  retention?: Retention
  /**
   * To which channel GA4 gives the credit for a key event, and for how long before it.
   */
  attribution?: {
    /**
     * dataDriven: GA4 shares the credit out; lastClick: the last channel, paid or organic; googlePaidLastClick: the last click on a Google ad. Another model also changes the reports of the past.
     */
    model?: 'dataDriven' | 'lastClick' | 'googlePaidLastClick'
    /**
     * How far back GA4 looks for what brought a first visit.
     */
    acquisition?: '7d' | '30d'
    /**
     * How far back GA4 looks for all other key events. Left out, `attributionWindow` of the plan, where GA4 has that.
     */
    other?: '30d' | '60d' | '90d'
  }
  /**
   * Whether GA4 joins its data with that of people signed in to Google. To switch it on the first time, somebody has to agree on GA4's page.
   */
  signals?: boolean
  /**
   * By what GA4 tells that two visits are one person's: blended (user id, device, model), observed (user id, device) or device.
   */
  identity?: 'blended' | 'observed' | 'device'
  /**
   * What GA4 cuts out of addresses before it keeps them, in the environment's stream.
   */
  redact?: {
    /**
     * Whether e-mail addresses are cut out.
     */
    email?: boolean
    /**
     * Query parameters that are cut out; an empty list switches it off.
     */
    query?: string[]
  }
  /**
   * Google Ads accounts that hear of the property, by their ten digits. Without a link there is neither import nor remarketing. One that leaves the plan stays in GA4.
   */
  googleAds?: {
    /**
     * What the account may do.
     */
    [k: string]: {
      /**
       * Whether audiences and events may be used for personalised ads. GA4 allows it where nothing is said.
       */
      personalization?: boolean
    }
  }
  /**
   * The export to BigQuery, by the number of the Google Cloud project (`gcloud projects describe ID`): Google tells links by nothing else. One that leaves the plan stays in GA4.
   */
  bigquery?: {
    /**
     * What is exported.
     */
    [k: string]: {
      /**
       * Where the dataset is, for example EU or me-central1. It is fixed once the link is made.
       */
      location: string
      /**
       * Whether each day is exported once it is over.
       */
      daily?: boolean
      /**
       * Whether events are exported as they come.
       */
      streaming?: boolean
      /**
       * Whether the advertising ids of app users are exported.
       */
      advertisingIds?: boolean
      /**
       * Events that are not exported.
       */
      exclude?: string[]
    }
  }
  /**
   * Numbers that GA4 works out of others, by their id in GA4. Empty (`calculated: {}`) deletes those that the plan made; left out, they are not even read.
   */
  calculated?: {
    /**
     * A formula of metrics.
     */
    [k: string]: {
      /**
       * What it is called in GA4.
       */
      title: string
      /**
       * What it says.
       */
      description?: string
      /**
       * In GA4's own names of metrics, a parameter that is registered as a metric as customEvent:NAME, with + - * / and brackets: "customEvent:results_count / sessions".
       */
      formula: string
      /**
       * What it is counted in.
       */
      unit?:
        | 'standard'
        | 'currency'
        | 'feet'
        | 'meters'
        | 'kilometers'
        | 'miles'
        | 'milliseconds'
        | 'seconds'
        | 'minutes'
        | 'hours'
    }
  }
  /**
   * Channels of your own, told from where visits come, by an id of the plan. Empty (`channels: {}`) deletes those that the plan made; left out, they are not even read.
   */
  channels?: {
    /**
     * Channels in order: the first whose rule fits counts.
     */
    [k: string]: {
      /**
       * What the group is called in GA4.
       */
      title: string
      /**
       * What it is for.
       */
      description?: string
      /**
       * Names of channels, each with what must be true of a visit.
       */
      rules: {
        /**
         * All of these must be true.
         */
        [k: string]: {
          source?: ChannelTest
          medium?: ChannelTest
          campaign?: ChannelTest
          channel?: ChannelTest
        }
      }
    }
  }
  /**
   * Events that GA4 makes of others in the environment's stream, by name: a micro conversion without a tag, with `collectedBy: event_rule`. One that leaves the plan goes on in GA4 until somebody deletes it there.
   */
  derived?: {
    /**
     * From which event, and when.
     */
    [k: string]: {
      /**
       * The name it had before it was renamed: GA4's rule is then renamed, not made a second time. What it made before keeps the old name.
       */
      was?: string
      /**
       * The event that it is made of.
       */
      from: string
      /**
       * What must be true of the parameters of that event, all of it.
       *
       * @minItems 1
       * @maxItems 9
       */
      when?: {
        /**
         * The parameter of the event, for example page_location.
         */
        parameter: string
        /**
         * It is exactly this.
         */
        equals?: string | number
        /**
         * It contains this.
         */
        contains?: string | number
        /**
         * It starts with this.
         */
        startsWith?: string | number
        /**
         * It ends with this.
         */
        endsWith?: string | number
        /**
         * A regular expression matches it.
         */
        matches?: string | number
        /**
         * It is a number above this.
         */
        greaterThan?: string | number
        /**
         * It is a number below this.
         */
        lessThan?: string | number
        /**
         * Whether it must be untrue instead.
         */
        not?: boolean
        /**
         * Whether case means nothing.
         */
        ignoreCase?: boolean
      }[]
      /**
       * Whether it has the parameters of that event.
       */
      copy?: boolean
      /**
       * Parameters that it has beside or instead: text, or [[name]] for what a parameter of that event holds.
       */
      set?: {
        /**
         * The value.
         */
        [k: string]: string | number
      }
    }
  }
  /**
   * Names of secrets that servers send events with: each is made where it is missing. What a secret is, is never read, printed or kept; it stands on GA4's page.
   */
  secrets?: string[]
  /**
   * releases: whenever the plan is published, GA4's reports get a note on that day, with the version, the commit and what changed.
   */
  annotate?: 'releases'
}
/**
 * How long GA4 keeps the data of single visitors and events.
 */
export interface Retention {
  /**
   * How long single events are kept. More than 14 months is for GA4 360 only.
   */
  events: '2 months' | '14 months' | '26 months' | '38 months' | '50 months'
  /**
   * How long what is known of a visitor is kept.
   */
  users: '2 months' | '14 months'
  /**
   * Whether a new visit starts the time of that visitor again.
   */
  resetOnActivity?: boolean
}
/**
 * What must be true of where a visit comes from; of several values any. Case means nothing.
 */
export interface ChannelTest {
  /**
   * It is exactly this.
   *
   * @minItems 1
   */
  equals?: string | string[]
  /**
   * It starts with this.
   *
   * @minItems 1
   */
  startsWith?: string | string[]
  /**
   * It ends with this.
   *
   * @minItems 1
   */
  endsWith?: string | string[]
  /**
   * It contains this.
   *
   * @minItems 1
   */
  contains?: string | string[]
  /**
   * A regular expression matches part of it.
   *
   * @minItems 1
   */
  matches?: string | string[]
}
/**
 * A list of visitors in GA4, by which conversions they did. GA4 never changes its rule: another one is a new list, which begins at zero.
 */
export interface Audience {
  /**
   * What the audience is called in GA4 and in Google Ads.
   */
  title: string
  /**
   * What it is for.
   */
  description?: string
  /**
   * The id it had before, so that the list goes on under the new one.
   */
  was?: string
  /**
   * Ids of conversions: who did all of them, in any order.
   *
   * @minItems 1
   */
  did?: string[]
  /**
   * Ids of conversions: who did any of them is left out.
   *
   * @minItems 1
   */
  didNot?: string[]
  /**
   * Ids of conversions: who did them one after the other. One may stand there twice.
   *
   * @minItems 1
   */
  inOrder?: string[]
  /**
   * With `inOrder` the longest time between two steps; else how far back `didNot` looks, 60d at most. Left out: ever.
   */
  within?: string
  /**
   * How long a visitor stays in the audience, 540d at most.
   */
  keep: string
  /**
   * The event that GA4 logs when a visitor joins.
   */
  event?: string
  /**
   * Instead of all these: a JSON file beside the plan with the `filterClauses` of an audience, for what the plan has no words for.
   */
  filter?:
    | string
    | {
        /**
         * As in Google's API; all must hold.
         *
         * @minItems 1
         */
        filterClauses: {}[]
        /**
         * How long who is left out stays out.
         */
        exclusionDurationMode?: 'EXCLUDE_TEMPORARILY' | 'EXCLUDE_PERMANENTLY'
      }
}
/**
 * Where the page has what a visitor has told about themselves.
 */
export interface UserData {
  email?: Source
  phone?: Source
  firstName?: Source
  lastName?: Source
  street?: Source
  city?: Source
  region?: Source
  postalCode?: Source
  country?: Source
}
/**
 * A vendor's tool that hears of conversions, too.
 */
export interface Destination {
  /**
   * Whose tool it is.
   */
  kind:
    | 'googleAds'
    | 'hotjar'
    | 'html'
    | 'hubspot'
    | 'linkedin'
    | 'meta'
    | 'microsoft'
    | 'mixpanel'
    | 'pinterest'
    | 'tiktok'
  /**
   * What the vendor calls the site, account or pixel.
   */
  id?: string
  /**
   * Of the kind html: a file beside the plan such as ./tags/chat.html, or the HTML itself. {{name}} in it is a value of `with`, else a variable of the container; outside quotes it keeps its type.
   */
  html?: string | string[]
  trigger?: Trigger
  /**
   * Of the kind html: values for {{name}} in it, by name.
   */
  with?: {
    [k: string]: Source
  }
  /**
   * Where the vendor keeps the account's data, for HubSpot (eu) and Mixpanel (eu, in); left out: in the United States.
   */
  region?: 'eu' | 'in' | 'us'
  /**
   * Of Google Ads: a tag for remarketing on every page.
   */
  remarketing?: boolean
  /**
   * existing: the site, or another tag, loads the vendor's script already, and the plan makes no base tag.
   */
  loader?: 'managed' | 'existing'
  /**
   * gallery: with the vendor's own template from Tag Manager's community gallery, for LinkedIn, Meta, Mixpanel and TikTok, in place of tags of ours.
   */
  via?: 'gallery'
  /**
   * With via: gallery, the commit of the template whose code and permissions you have read and allow on your site: forty hex digits.
   */
  acknowledge?: string
  /**
   * The visitor's own data that goes along: an id under the plan's `userData`.
   */
  userData?: string
  /**
   * Which conversions go there without naming it under `send`: all goals, or none.
   */
  sends?: 'goals' | 'listed'
  /**
   * Consent types without which its tags wait; left out: those that the vendor needs.
   */
  consent?: (
    | 'ad_storage'
    | 'analytics_storage'
    | 'ad_user_data'
    | 'ad_personalization'
    | 'functionality_storage'
    | 'personalization_storage'
    | 'security_storage'
  )[]
}
/**
 * When it happened: exactly one kind (dataLayer, page, click, ...), or any / all of several; when and unless narrow it.
 */
export interface Trigger {
  /**
   * The site pushes this event to the data layer after the action succeeded: the strongest evidence, prefer it. A name, or { matches: regex } for several names.
   */
  dataLayer?:
    | string
    | {
        /**
         * Regular expression on the event name. Anchor it: unanchored it matches anywhere.
         */
        matches: string
      }
  /**
   * A page load: viewed (at once), dom_ready, or loaded (with all images). Not for routes of a single-page app.
   */
  page?: 'viewed' | 'dom_ready' | 'loaded'
  /**
   * The address changes without a page load, as in a single-page app.
   */
  history?: {
    /**
     * Only this way of changing the address.
     */
    source?: 'pushState' | 'replaceState' | 'popstate'
  }
  /**
   * A click on any element.
   */
  click?: {
    /**
     * Clicked elements that match. Icons inside a button are elements of their own: write 'a.cta, a.cta *'.
     */
    selector?: string
    /**
     * The id of the clicked element, exactly.
     */
    id?: string
  }
  /**
   * A click on a link, or on anything inside it.
   */
  link?: {
    /**
     * Links that match.
     */
    selector?: string
    /**
     * The id attribute of the link, exactly.
     */
    id?: string
    /**
     * Hold the navigation until the tags have fired (at most two seconds). Off unless you have a reason: GA4 sends by beacon.
     */
    waitForTags?: boolean
    /**
     * Only when the page did not cancel the click.
     */
    checkValidation?: boolean
  }
  /**
   * A form's own submit event. Forms that send by script need a dataLayer event instead.
   */
  form?: {
    /**
     * Forms that match.
     */
    selector?: string
    /**
     * The id attribute of the form, exactly.
     */
    id?: string
    /**
     * Hold the submission until the tags have fired (at most two seconds).
     */
    waitForTags?: boolean
    /**
     * Only when the page did not cancel the submission.
     */
    checkValidation?: boolean
  }
  /**
   * An element comes into view.
   */
  visible?: {
    /**
     * The elements to watch.
     */
    selector?: string
    /**
     * The id of the element to watch; instead of selector.
     */
    id?: string
    /**
     * How much of the element must be on screen, 1 to 100.
     */
    percent?: number
    /**
     * How long it must stay on screen, for example 2s.
     */
    duration?: string
    /**
     * How often it counts: once per page, once per element, or every time it appears.
     */
    frequency?: 'once' | 'once_per_element' | 'every_time'
    /**
     * Also watch elements that appear after the page has loaded, such as success messages.
     */
    observeDom?: boolean
  }
  /**
   * The visitor scrolls down to a share of the page height.
   */
  scroll?: {
    /**
     * Depths in percent of the page height, for example [25, 50, 75].
     *
     * @minItems 1
     */
    percent: number[]
  }
  /**
   * An embedded YouTube player starts, progresses or ends.
   */
  video?: {
    /**
     * When it starts.
     */
    start?: boolean
    /**
     * When it ends.
     */
    complete?: boolean
    /**
     * When it pauses, seeks or buffers.
     */
    pause?: boolean
    /**
     * When this share in percent has played, for example [25, 50, 75].
     *
     * @minItems 1
     */
    percent?: number[]
  }
  /**
   * Time spent on the page.
   */
  timer?: {
    /**
     * The interval, for example 30s or 2m.
     */
    every: string
    /**
     * How often it fires per page at most.
     */
    limit?: number
  }
  /**
   * An uncaught JavaScript error on the page.
   */
  error?: {}
  /**
   * A trigger that is in the container already, by its name there: it fires the tag as it is, and stays whose it is. What it listens for the plan does not say, so use it for what the other kinds cannot.
   */
  existing?: string
  /**
   * Several triggers: each of them fires the tag.
   *
   * @minItems 2
   */
  any?: Trigger[]
  /**
   * Several triggers: the tag fires once all of them have fired on the page (a trigger group).
   *
   * @minItems 2
   */
  all?: Trigger[]
  /**
   * Conditions that must all hold.
   *
   * @minItems 1
   */
  when?: Condition[]
  /**
   * Conditions that must all hold as the page begins for GTM to listen at all ("enable this trigger when"); for timer, and for link and form with waitForTags or checkValidation. Left out, it listens on every page. On a single-page app the first page decides for all routes: use when.
   *
   * @minItems 1
   */
  armedWhen?: Condition[]
  /**
   * Conditions under which it must not fire: each one blocks by itself.
   *
   * @minItems 1
   */
  unless?: Condition[]
}
/**
 * What must hold: one subject and a test on it, for example { path: { startsWith: /checkout } }.
 */
export interface Condition {
  path?: Test
  host?: Test
  url?: Test
  fragment?: Test
  referrer?: Test
  /**
   * A query parameter of the page address, by name: { q: { contains: shoe } }.
   */
  query?: {
    [k: string]: Test
  }
  /**
   * Something about the clicked element: url, text, id, classes, target, element, or an attribute such as data-cta.
   */
  click?: {
    [k: string]: Test
  }
  /**
   * Something about the submitted form: id, classes, text, url, target or element.
   */
  form?: {
    [k: string]: Test
  }
  /**
   * A key of the data layer, dots reach into objects: { plan.type: { equals: pro } }.
   */
  dataLayer?: {
    [k: string]: Test
  }
  /**
   * A first-party cookie, by name.
   */
  cookie?: {
    [k: string]: Test
  }
  /**
   * Something about the video: title, url, status, percent, provider.
   */
  video?: {
    [k: string]: Test
  }
  /**
   * Something about the scroll: depth, units, direction.
   */
  scroll?: {
    [k: string]: Test
  }
  /**
   * How much of the element was seen: percent, or for how long: duration (milliseconds).
   */
  visibility?: {
    [k: string]: Test
  }
  /**
   * Something about the history change: source, new_fragment, old_fragment, new_state, old_state.
   */
  history?: {
    [k: string]: Test
  }
  /**
   * Something about the JavaScript error: message, url, line.
   */
  error?: {
    [k: string]: Test
  }
  event?: Test
  /**
   * What GTM knows of itself: id, version, environment, debug.
   */
  container?: {
    [k: string]: Test
  }
  /**
   * A variable of the page by its path from window: { document.title: { contains: Thanks } }.
   */
  global?: {
    [k: string]: Test
  }
  value?: Source
  test?: Test
}
/**
 * How a value is tested: exactly one operator. Values are compared as text, as GTM does, except by lessThan and greaterThan, which compare numbers.
 */
export interface Test {
  /**
   * The whole value is exactly this (case counts); a list means any one of them.
   *
   * @minItems 2
   */
  equals?: string | number | boolean | (string | number | boolean)[]
  /**
   * The value contains this text (case counts); a list means any one of them.
   *
   * @minItems 2
   */
  contains?: string | string[]
  /**
   * The value starts with this text (case counts); a list means any one of them.
   *
   * @minItems 2
   */
  startsWith?: string | string[]
  /**
   * The value ends with this text (case counts); a list means any one of them.
   *
   * @minItems 2
   */
  endsWith?: string | string[]
  /**
   * The value matches this regular expression, anywhere unless anchored with ^ and $. Write what both JavaScript and RE2 understand; a list means any one of them.
   *
   * @minItems 2
   */
  matches?: string | string[]
  /**
   * The element matches this CSS selector. Only for the element of a click, form or visibility trigger.
   */
  css?: string
  /**
   * The value, as a number, is less than this.
   */
  lessThan?: number
  /**
   * The value, as a number, is greater than this.
   */
  greaterThan?: number
  /**
   * Whether there is a value at all: true when it is not missing, null or empty.
   */
  exists?: boolean
  /**
   * Turns the test round: the condition holds when the test fails. A missing value then holds too.
   */
  negate?: boolean
  /**
   * Only with matches: upper and lower case are the same.
   */
  ignoreCase?: boolean
}
/**
 * A market: which pages are its own, and what is different there.
 */
export interface Market {
  /**
   * What people call it.
   */
  title: string
  /**
   * The host names that are its own.
   *
   * @minItems 1
   */
  hosts?: string[]
  /**
   * Which pages are its own, on its hosts or on every host: one condition on the path, for example { path: { startsWith: /ae/ } }.
   *
   * @minItems 1
   */
  when?: Condition[]
  /**
   * Pages that no market claims count as this one. Without a default they carry no market.
   */
  default?: boolean
  /**
   * The environment, or several, that are this market's own: there it is the only one, and no other environment has it.
   *
   * @minItems 1
   */
  environment?: string | string[]
  /**
   * ISO 4217 code, upper case: what customers pay in.
   */
  currency?: string
  /**
   * Decimals of its smallest coin: 2 where 100 fils are one dirham, 3 where 1000 fils are one dinar. What the site divides by depends on it.
   */
  decimals?: number
  /**
   * The currency into which the site converts `value` before it pushes it, where GA4 does not list the market's own; the local amount goes along as value_local and currency_local.
   */
  reportedIn?: string
  /**
   * The languages of the site there, the first one first.
   *
   * @minItems 1
   */
  languages?: string[]
  /**
   * IANA name, for example Asia/Riyadh.
   */
  timezone?: string
  /**
   * Its days of rest: weeks are compared whole, and the scorecard names them.
   *
   * @minItems 1
   * @maxItems 3
   */
  weekend?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[]
  /**
   * What holds for visitors from its country before they have chosen: its id in capitals under `consentRegions`.
   */
  consent?: 'granted' | 'denied'
  /**
   * Who decided on it, when and why.
   */
  consentNote?: string
  /**
   * Labels that conversions have in the market's own account, by the id of the conversion and of the destination: `send: { purchase: { google_ads: XyZ-1_abC } }`. For vendors that give every conversion a label of its own.
   */
  send?: {
    /**
     * The label at each destination.
     */
    [k: string]: {
      /**
       * What the vendor calls the conversion in the market's own account.
       */
      [k: string]: string
    }
  }
  /**
   * Ids of the market's own accounts, by the id of the destination.
   */
  destinations?: {
    /**
     * What the vendor calls the market's site, account or pixel.
     */
    [k: string]: string
  }
  /**
   * The numbers to reach in this market, by the id of the conversion.
   */
  targets?: {
    [k: string]: Target
  }
}
/**
 * The number to reach: exactly one of count, rate or amount.
 */
export interface Target {
  /**
   * How many, in each period.
   */
  count?: number
  /**
   * The share, for example 8%; goes with of.
   */
  rate?: string
  /**
   * Money in the plan's currency, in each period.
   */
  amount?: number
  /**
   * The period of count and amount.
   */
  per?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  /**
   * What the rate is a share of: sessions, users, or the id of another conversion.
   */
  of?: string
  /**
   * The day by which it is to be reached, for example 2027-03-31.
   */
  by?: string
}
/**
 * How the tags behave before the visitor has chosen.
 */
export interface Consent {
  /**
   * none: no consent handling. basic: tags wait for consent. advanced: tags fire with what is granted and send cookieless pings otherwise.
   */
  mode: 'none' | 'basic' | 'advanced'
  /**
   * The consent types that basic mode waits for.
   *
   * @minItems 1
   */
  requires?: (
    | 'ad_storage'
    | 'analytics_storage'
    | 'ad_user_data'
    | 'ad_personalization'
    | 'functionality_storage'
    | 'personalization_storage'
    | 'security_storage'
  )[]
  /**
   * The data layer event that the consent tool pushes when a visitor agrees: what has waited for consent, in basic mode the Google tag too, then fires on it, unless it was there with the page already.
   */
  updateEvent?: string
  /**
   * Whether the plan writes a tag that sets `defaults` and `consentRegions` on Consent Initialization, with the template that it is made of. Without it the consent tool's own template sets them, or the code of plan compile --format consent before Tag Manager's snippet.
   */
  defaultsTag?: boolean
  /**
   * What holds before the visitor has chosen, by consent type. The consent tool's template sets them in GTM, or the plan's own tag (`defaultsTag`).
   */
  defaults?: {
    [k: string]: 'granted' | 'denied'
  }
}
/**
 * A GTM container and a GA4 property that the plan is applied to.
 */
export interface Environment {
  /**
   * What people call it.
   */
  title?: string
  /**
   * The Tag Manager container.
   */
  gtm: {
    /**
     * The account's number, as text.
     */
    account: string
    /**
     * The container's public id: GTM-XXXXXXX.
     */
    container: string
  }
  /**
   * The Analytics property.
   */
  ga4: {
    /**
     * The property's number, as text (not the G- id).
     */
    property: string
    /**
     * The web stream's id: G-XXXXXXXXXX. Left out: the id of the property's only web stream, which diff and apply ask GA4 for.
     */
    measurementId?: string
  }
  /**
   * The host names of this environment. Needed when several environments share one container: the host decides which property gets the data.
   *
   * @minItems 1
   */
  hosts?: string[]
  /**
   * The address of a server container that events are sent to.
   */
  transportUrl?: string
  /**
   * Values for ${NAME} in this environment.
   */
  vars?: {
    /**
     * The value.
     */
    [k: string]: string | number | boolean
  }
  /**
   * Never applied without being named on the command line.
   */
  protected?: boolean
  analytics?: AnalyticsSource
}
/**
 * Where what happened can be read: the GA4 export as files or in BigQuery, or GA4's Data API; and files of what GA4 cannot see.
 */
export interface AnalyticsSource {
  /**
   * files: the export as Parquet or JSON files; bigquery: the export's dataset; api: GA4's Data API, which knows less (no paths, so no weights).
   */
  from: 'files' | 'bigquery' | 'api'
  /**
   * Paths of export files, relative to the folder the command runs in; * stands for part of a name.
   *
   * @minItems 1
   */
  files?: string[]
  /**
   * The export's dataset in BigQuery: project.analytics_123456789.
   */
  dataset?: string
  /**
   * How many gigabytes BigQuery may read for one scorecard; beyond that it is refused before it costs anything. Default: 100.
   */
  maxGigabytes?: number
  /**
   * CSV or Parquet files of what GA4 cannot see, with the columns conversion, day, count and, if known, value, channel, device, market.
   *
   * @minItems 1
   */
  outside?: string[]
  /**
   * The day after the market's weekend. Left out: the day after the weekend that all markets state, else monday.
   */
  weekStart?: 'monday' | 'sunday' | 'saturday'
}
/**
 * How things are called in GTM. Placeholders: {event}, {id}, {title}, {kind}, {source}, {stage}, {plan}.
 */
export interface Naming {
  /**
   * Default: GA4 Event - {event}
   */
  tag?: string
  /**
   * Default: {kind} - {id}
   */
  trigger?: string
  /**
   * Default: {kind} - {source}
   */
  variable?: string
  /**
   * Default: {title}
   */
  folder?: string
}
/**
 * What an event parameter means, what it may hold and whether GA4 reports on it.
 */
export interface ParameterDefinition {
  /**
   * The type of its values.
   */
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'money'
  /**
   * The only values it may hold.
   *
   * @minItems 1
   */
  values?: (string | number | boolean)[]
  /**
   * Make it reportable in GA4: a custom dimension of event, user or item scope, or a custom metric. Left out: not registered.
   */
  register?: 'event' | 'user' | 'item' | 'metric'
  /**
   * Only with register: metric. What the number measures.
   */
  unit?:
    | 'standard'
    | 'currency'
    | 'feet'
    | 'meters'
    | 'kilometers'
    | 'miles'
    | 'milliseconds'
    | 'seconds'
    | 'minutes'
    | 'hours'
  /**
   * Only with unit: currency, and required there: who may see it.
   *
   * @minItems 1
   */
  restrict?: ('cost' | 'revenue')[]
  /**
   * The name in GA4's reports; made from the parameter's name when left out. Letters, digits, spaces and underscores, starting with a letter.
   */
  displayName?: string
  /**
   * What it tells, for the people who read the reports.
   */
  description?: string
  /**
   * A typical value, for the documentation.
   */
  example?: string | number | boolean
  /**
   * The site may leave it out: the contract, types and verify do not ask for it.
   */
  optional?: boolean
  /**
   * The parameter's previous name, when it was renamed.
   */
  was?: string
}
/**
 * A macro conversion: a business outcome. Always a GA4 key event when its source is ga4.
 */
export interface Goal {
  /**
   * What people call it, in any language. May be changed at will.
   */
  title: string
  /**
   * What exactly counts, so that everybody counts the same.
   */
  description?: string
  /**
   * The id it had before it was renamed: what exists at Google is then renamed, not made anew.
   */
  was?: string
  /**
   * The one goal that decides. Exactly one goal is primary.
   */
  primary?: boolean
  /**
   * Where it happens: home_page, product_page, checkout, email, push, ...
   */
  touchpoint?: string
  /**
   * Which system knows about it. Only ga4 is compiled; the others stay in the plan, its documents and its scorecard.
   */
  source?: 'ga4' | 'crm' | 'vendor' | 'product' | 'server'
  /**
   * The system that knows about it when source is not ga4, for example HubSpot.
   */
  system?: string
  /**
   * Who sends the event: a tag of this plan, GA4's enhanced measurement, GA4 by itself, the site's own code, or a GA4 event rule made by hand.
   */
  collectedBy?: 'tag' | 'enhanced_measurement' | 'automatic' | 'site' | 'event_rule'
  /**
   * The GA4 event name, at most 40 characters. Prefer Google's recommended names: sign_up, generate_lead, add_to_cart, purchase.
   */
  event?: string
  trigger?: Trigger
  eventFrom?: Source
  /**
   * Send the ecommerce object of the data layer (items, value, currency, transaction_id) with the event.
   */
  ecommerce?: boolean
  userData?: Source
  measurementIdFrom?: Source
  /**
   * Event parameters and where their values come from. Names with dots and hyphens are for a server container: GA4 itself drops them.
   */
  parameters?: {
    [k: string]: Source
  }
  /**
   * Properties of the visitor that this event sets, beside those of every event.
   */
  userProperties?: {
    [k: string]: Source
  }
  /**
   * Where it goes beside GA4, by the id of the destination: a name, label or number of the vendor's, `true` for the vendor's own name of the event, `false` for not there; or a map that says more.
   */
  send?: {
    [k: string]: Sent
  }
  /**
   * Google Ads imports the key event from GA4, as a primary action (bids go by it) or a secondary one. It is set in Google Ads; the plan states it.
   */
  ads?: 'primary' | 'secondary'
  /**
   * The one number that shows it, for example sign-ups per visit.
   */
  metric?: string
  /**
   * Other numbers that show it, beside `metric`.
   *
   * @minItems 1
   */
  metrics?: string[]
  /**
   * What the visitor achieves by it.
   */
  uxOutcome?: string
  /**
   * What it is for the business.
   */
  outcome?: 'revenue' | 'pipeline' | 'subscription' | 'lifetime_value' | 'lead'
  /**
   * What one is worth on average, in the plan's currency. Events that carry no value of their own get it as the key event's default.
   */
  value?: number
  /**
   * What the visitor gets for it, for example 10% off the first order.
   */
  incentive?: string
  /**
   * Who answers for it: a person or team, best an e-mail address.
   */
  owner?: string
  /**
   * Who has agreed to it and its target: a person or team other than its owner.
   */
  approvedBy?: string
  target?: Target
  /**
   * What is to be reached by a channel, a device or a market, beside `target`.
   *
   * @minItems 1
   */
  targets?: PartTarget[]
  /**
   * What is usual, by channel and device.
   *
   * @minItems 1
   */
  benchmarks?: Benchmark[]
  guardrail?: Guardrail
  /**
   * How hard it is to improve, 1 (easy) to 5.
   */
  effort?: number
  /**
   * How much better it could get, for example 10%.
   */
  expectedLift?: string
  alerts?: Alerts
  /**
   * How GA4 counts the key event: every time, or once per session. Purchases count every time; leads and micro conversions once per session unless you say otherwise.
   */
  counting?: 'once_per_event' | 'once_per_session'
  /**
   * How often the tag may fire: once per event, once per page, or unlimited.
   */
  fires?: 'once_per_event' | 'once_per_page' | 'unlimited'
  /**
   * Of the tags that one event fires, those with the higher number start first; left out: 0. They do not wait for one another.
   */
  priority?: number
  /**
   * The days on which its tags fire, in the plan's time zone; both count whole.
   */
  schedule?: {
    /**
     * The first day, for example 2026-11-28.
     */
    from?: string
    /**
     * The last day.
     */
    until?: string
  }
  /**
   * The tag, by its name in GTM, that runs before this conversion's tag of GA4, each time.
   */
  setUp?: string
  /**
   * The tag, by its name in GTM, that runs after this conversion's tag of GA4.
   */
  cleanUp?: string
  /**
   * Once it is applied, whoever changes or deletes it says its name: plan apply --allow ID.
   */
  protected?: boolean
  /**
   * The tag stands in GTM and does not fire until this is removed.
   */
  paused?: boolean
  /**
   * Consent types that must be granted before the tag fires; overrides consent.mode.
   */
  requires?: (
    | 'ad_storage'
    | 'analytics_storage'
    | 'ad_user_data'
    | 'ad_personalization'
    | 'functionality_storage'
    | 'personalization_storage'
    | 'security_storage'
  )[]
  /**
   * What privacy or payment rules ask for here.
   */
  compliance?: string
  /**
   * Anything else people should know.
   */
  notes?: string
}
/**
 * The number to reach by visitors of one channel, device or market: exactly one of count, rate or amount.
 */
export interface PartTarget {
  /**
   * A GA4 default channel, for example Organic Search.
   */
  channel?: string
  /**
   * The kind of device.
   */
  device?: 'desktop' | 'mobile' | 'tablet'
  /**
   * The id of a market.
   */
  market?: string
  /**
   * How many, in each period.
   */
  count?: number
  /**
   * The share, for example 8%; goes with of.
   */
  rate?: string
  /**
   * Money in the plan's currency, in each period.
   */
  amount?: number
  /**
   * The period of count and amount.
   */
  per?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  /**
   * What the rate is a share of: sessions, users, or the id of another conversion.
   */
  of?: string
  /**
   * The day by which it is to be reached, for example 2027-03-31.
   */
  by?: string
}
/**
 * What is usual in a channel and on a device, to judge the target by.
 */
export interface Benchmark {
  /**
   * A GA4 default channel, for example Organic Search.
   */
  channel?: string
  /**
   * The kind of device.
   */
  device?: 'desktop' | 'mobile' | 'tablet'
  /**
   * The usual range, for example 6%..12%.
   */
  rate: string
  /**
   * Where the range comes from.
   */
  source?: string
}
/**
 * A number that must not fall while micro conversions are being improved.
 */
export interface Guardrail {
  /**
   * What is watched, for example revenue.
   */
  metric: string
  /**
   * How far it may fall, for example 5%.
   */
  maxDrop: string
  /**
   * What is done when it falls further.
   */
  action?: string
}
/**
 * When the scorecard raises an alarm about this conversion.
 */
export interface Alerts {
  /**
   * When it falls by more than this against the same weekdays of the four periods before, for example 30%.
   */
  drop?: string
  /**
   * When it is surely behind its target, from the day by which that is to be reached, if it says one.
   */
  target?: boolean
  /**
   * When a rate is surely outside its benchmark.
   */
  benchmark?: boolean
}
/**
 * A step of the funnel, with three to five micro conversions.
 */
export interface Stage {
  /**
   * What people call the stage.
   */
  title: string
  /**
   * What the visitor does in this stage.
   */
  description?: string
  /**
   * The stage is not finished: more or fewer than three to five micro conversions are only a warning.
   */
  draft?: boolean
  /**
   * The id it had before it was renamed.
   */
  was?: string
  target?: Target
  /**
   * Three to five, by id.
   */
  micro: {
    [k: string]: Micro
  }
}
/**
 * A small action in a stage that feeds one or more goals.
 */
export interface Micro {
  /**
   * What people call it, in any language. May be changed at will.
   */
  title: string
  /**
   * What exactly counts, so that everybody counts the same.
   */
  description?: string
  /**
   * The id it had before it was renamed: what exists at Google is then renamed, not made anew.
   */
  was?: string
  /**
   * Where it happens: home_page, product_page, checkout, email, push, ...
   */
  touchpoint?: string
  /**
   * Whether it happens on the site or elsewhere: an e-mail, a push message, a phone call. Left out: on the site, unless another `source` than ga4 knows about it.
   */
  onsite?: boolean
  /**
   * Which system knows about it. Only ga4 is compiled; the others stay in the plan, its documents and its scorecard.
   */
  source?: 'ga4' | 'crm' | 'vendor' | 'product' | 'server'
  /**
   * The system that knows about it when source is not ga4, for example HubSpot.
   */
  system?: string
  /**
   * Who sends the event: a tag of this plan, GA4's enhanced measurement, GA4 by itself, the site's own code, or a GA4 event rule made by hand.
   */
  collectedBy?: 'tag' | 'enhanced_measurement' | 'automatic' | 'site' | 'event_rule'
  /**
   * The GA4 event name, at most 40 characters. Prefer Google's recommended names: sign_up, generate_lead, add_to_cart, purchase.
   */
  event?: string
  trigger?: Trigger
  eventFrom?: Source
  /**
   * Send the ecommerce object of the data layer (items, value, currency, transaction_id) with the event.
   */
  ecommerce?: boolean
  userData?: Source
  measurementIdFrom?: Source
  /**
   * Event parameters and where their values come from. Names with dots and hyphens are for a server container: GA4 itself drops them.
   */
  parameters?: {
    [k: string]: Source
  }
  /**
   * Properties of the visitor that this event sets, beside those of every event.
   */
  userProperties?: {
    [k: string]: Source
  }
  /**
   * Where it goes beside GA4, by the id of the destination: a name, label or number of the vendor's, `true` for the vendor's own name of the event, `false` for not there; or a map that says more.
   */
  send?: {
    [k: string]: Sent
  }
  /**
   * Google Ads imports the key event from GA4, as a primary action (bids go by it) or a secondary one. It is set in Google Ads; the plan states it.
   */
  ads?: 'primary' | 'secondary'
  /**
   * The goals it leads to, by id.
   *
   * @minItems 1
   */
  feeds: string[]
  /**
   * The one number that shows it, for example sign-ups per visit.
   */
  metric?: string
  /**
   * Other numbers that show it, beside `metric`.
   *
   * @minItems 1
   */
  metrics?: string[]
  /**
   * What the visitor achieves by it.
   */
  uxOutcome?: string
  /**
   * What the visitor gets for it, for example 10% off the first order.
   */
  incentive?: string
  /**
   * Who answers for it: a person or team, best an e-mail address.
   */
  owner?: string
  /**
   * Who has agreed to it and its target: a person or team other than its owner.
   */
  approvedBy?: string
  target?: Target
  /**
   * What is to be reached by a channel, a device or a market, beside `target`.
   *
   * @minItems 1
   */
  targets?: PartTarget[]
  /**
   * What is usual, by channel and device.
   *
   * @minItems 1
   */
  benchmarks?: Benchmark[]
  /**
   * Its share of a goal's value, 0 to 1: weight x the goal's value is the key event's default value.
   */
  weight?: number
  evidence?: Evidence
  /**
   * What one is worth, in the plan's currency, when it is not derived from weight.
   */
  value?: number
  /**
   * How hard it is to improve, 1 (easy) to 5.
   */
  effort?: number
  /**
   * How much better it could get, for example 10%.
   */
  expectedLift?: string
  alerts?: Alerts
  /**
   * Mark it as a GA4 key event. A property holds 30 of them: keep it for what matters.
   */
  keyEvent?: boolean
  /**
   * How GA4 counts the key event: every time, or once per session. Purchases count every time; leads and micro conversions once per session unless you say otherwise.
   */
  counting?: 'once_per_event' | 'once_per_session'
  /**
   * How often the tag may fire: once per event, once per page, or unlimited.
   */
  fires?: 'once_per_event' | 'once_per_page' | 'unlimited'
  /**
   * Of the tags that one event fires, those with the higher number start first; left out: 0. They do not wait for one another.
   */
  priority?: number
  /**
   * The days on which its tags fire, in the plan's time zone; both count whole.
   */
  schedule?: {
    /**
     * The first day, for example 2026-11-28.
     */
    from?: string
    /**
     * The last day.
     */
    until?: string
  }
  /**
   * The tag, by its name in GTM, that runs before this conversion's tag of GA4, each time.
   */
  setUp?: string
  /**
   * The tag, by its name in GTM, that runs after this conversion's tag of GA4.
   */
  cleanUp?: string
  /**
   * Once it is applied, whoever changes or deletes it says its name: plan apply --allow ID.
   */
  protected?: boolean
  /**
   * The tag stands in GTM and does not fire until this is removed.
   */
  paused?: boolean
  /**
   * Consent types that must be granted before the tag fires; overrides consent.mode.
   */
  requires?: (
    | 'ad_storage'
    | 'analytics_storage'
    | 'ad_user_data'
    | 'ad_personalization'
    | 'functionality_storage'
    | 'personalization_storage'
    | 'security_storage'
  )[]
  /**
   * What privacy or payment rules ask for here.
   */
  compliance?: string
  /**
   * Anything else people should know.
   */
  notes?: string
}
/**
 * Why the weight is what it is.
 */
export interface Evidence {
  /**
   * How the weight was found, for example lift over 90 days.
   */
  method: string
  /**
   * The day of the calculation, for example 2026-10-01.
   */
  asOf: string
  /**
   * The days it was calculated from, for example 2026-07-01..2026-09-30.
   */
  window?: string
  /**
   * Sessions with the micro conversion that the weight rests on.
   */
  n?: number
  /**
   * The 95 % interval of the weight, for example 0.021..0.034.
   */
  interval?: string
}
/**
 * A change that is shown to some of the visitors, and what it is to do.
 */
export interface Experiment {
  /**
   * What people call it; left out, its id in words.
   */
  title?: string
  /**
   * What is changed and why that should help.
   */
  hypothesis: string
  /**
   * The event parameter that says which variant the visitor saw.
   */
  parameter: string
  /**
   * The variant that is as before; without it the first in the alphabet.
   */
  control?: string
  /**
   * The id of the conversion that should rise.
   */
  improves: string
  /**
   * By how much, for example 5%: from that the sessions it needs are counted.
   */
  by?: string
  /**
   * The first day.
   */
  startsOn: string
  /**
   * The last day.
   */
  endsOn?: string
  /**
   * No verdict before this many days.
   */
  minDays?: number
  /**
   * Goals that must not fall meanwhile; their guardrails decide.
   *
   * @minItems 1
   */
  guards?: string[]
}
/**
 * A finding that is accepted for now.
 */
export interface Ignore {
  /**
   * The finding's code, for example weights-have-evidence.
   */
  code: string
  /**
   * Only here: the id of a conversion, stage, parameter, environment, market, audience or destination.
   */
  at?: string
  /**
   * Why it is accepted.
   */
  reason: string
  /**
   * The day on which it counts again, for example 2027-01-31.
   */
  until: string
}
