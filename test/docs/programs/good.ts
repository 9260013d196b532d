import { track } from './plan-events.ts'

track({ event: 'newsletter_signup', form_location: 'footer' })
track({ event: 'generate_lead', lead_type: 'callback' })
track({ event: 'generate_lead', lead_type: 'quote', lead: { value: 40 } })
track({ event: 'search', search: { results: 3, term: 'lamp' } })
track({
  event: 'purchase',
  ecommerce: {
    transaction_id: 'T-1',
    currency: 'EUR',
    value: 129.5,
    items: [{ item_id: 'SKU-1', price: 129.5, quantity: 1 }],
  },
})
