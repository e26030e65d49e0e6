// A file of its own: the page's policy allows no script within it. Tokens are not kept beyond the page.
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
