// An OAuth 2 provider that other people wrote (npm oidc-provider), as strict as they come: proof keys for clients without a
// secret, refresh tokens that work once and end the whole family when one comes back, the issuer in the redirect. Signing in
// and consenting happen on its own pages, where any name and password will do.
//
//   PEER_SECRET=… node oidc.mjs PORT
//
// Clients: "public" (no secret), "basic" and "post" (the secret in a header or as a field), each for codes, devices, refresh
// tokens, and "basic" and "post" for client credentials too. They may be called back at http://127.0.0.1/callback on every
// port (RFC 8252, 7.3). GET /orders is a protected resource: it wants a live token with the scope orders.read. At
// /orders/once a token works once, as if it had ended then.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const secret = process.env.PEER_SECRET;
const issuer = `http://127.0.0.1:${port}`;
const device = 'urn:ietf:params:oauth:grant-type:device_code';

function client(id, method, grants) {
  return {
    client_id: id,
    client_name: `Sluice, ${id}`,
    ...(method === 'none' ? {} : { client_secret: secret }),
    token_endpoint_auth_method: method,
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback'],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', device, ...grants],
  };
}

const provider = new Provider(issuer, {
  clients: [
    client('public', 'none', []),
    client('basic', 'client_secret_basic', ['client_credentials']),
    client('post', 'client_secret_post', ['client_credentials']),
  ],
  scopes: ['openid', 'offline_access', 'orders.read', 'orders.write'],
  claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
  conformIdTokenClaims: false,
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, name: `The account ${id}` }),
  }),
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
  },
  issueRefreshToken: (_ctx, asking) => asking.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: () => true,
  expiresWithSession: () => false,
  cookies: { keys: [secret] },
});

const send = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

async function orders(request, response) {
  const [word, value] = (request.headers.authorization ?? '').split(' ');
  const isBearer = word.toLowerCase() === 'bearer' && value;
  const token = isBearer
    && ((await provider.AccessToken.find(value)) ?? (await provider.ClientCredentials.find(value)));
  if (!token) {
    response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
    send(response, 401, { error: 'invalid_token' });
  } else if (!(token.scope ?? '').split(' ').includes('orders.read')) {
    send(response, 403, { error: 'insufficient_scope' });
  } else {
    if (path(request) === '/orders/once') {
      await token.destroy();
    }
    send(response, 200, { client: token.clientId, account: token.accountId ?? null, scope: token.scope });
  }
}

const path = (request) => request.url.split('?')[0];
const own = provider.callback();
createServer((request, response) => {
  if (path(request).startsWith('/orders')) {
    orders(request, response).catch((error) => send(response, 500, { error: String(error) }));
  } else {
    own(request, response);
  }
}).listen(port, '127.0.0.1');
