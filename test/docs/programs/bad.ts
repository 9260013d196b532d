import { track } from './plan-events.ts'

track({ event: 'newsletter_sign_up', form_location: 'footer' }) // wrong: 2820
track({ event: 'newsletter_signup' }) // wrong: 2345
track({ event: 'newsletter_signup', form_location: 'sidebar' }) // wrong: 2322
track({ event: 'newsletter_signup', form_location: 'footer', form_place: 'top' }) // wrong: 2353
track({ event: 'search', search: { results: '3', term: 'lamp' } }) // wrong: 2322
track({ event: 'generate_lead', lead_type: 'quote', lead: { value: '40' } }) // wrong: 2322
track({ event: 'size_guide' }) // wrong: 2322
track({
  event: 'purchase',
  ecommerce: {
    transaction_id: 'T',
    currency: 'EUR',
    value: 1,
    items: [{ price: 1 }], // wrong: 2322
  },
})
