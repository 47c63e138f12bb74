// An OpenID Connect provider for tests, on a free port of the loopback:
//   node provider.mjs SETTINGS.json
// Settings: { redirect: address, tls?: { cert: file, key: file } }. Prints `ready ISSUER`; ends with its standard input.
//
// Everybody may sign in under any name with any password; `unverified` has an address that nobody confirmed.
// Some clients get a token that was tampered with on its way, as by somebody between the provider and us:
//   mixed-up  the token that another client got last        forged    a signature that is wrong in one bit
//   unsigned  a token that says it needs no signature        stripped  no token at all
//   swapped   another access token beside the right ID token double    data of another person at the end
// The first reader of the keys does not see the elliptic one, as if it had been added since.

import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

// Node.js 18 has this under another name.
globalThis.crypto ??= webcrypto;
// It warns, rightly, that its defaults are for tests.
console.warn = console.info = () => {};
const { Provider } = await import('oidc-provider');

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const SECRET = 'a secret that only tests know, of some length';

const client = (client_id, more = {}) => ({
  client_id,
  client_secret: SECRET,
  redirect_uris: [settings.redirect],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  ...more,
});
const clients = [
  ...['ekistics', 'mixed-up', 'forged', 'unsigned', 'stripped', 'swapped', 'double'].map((id) => client(id)),
  client('elliptic', { id_token_signed_response_alg: 'ES256' }),
  { ...client('public', { token_endpoint_auth_method: 'none' }), client_secret: undefined },
];

const account = (id) => ({
  accountId: id,
  claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: id !== 'unverified', name: `${id} of the tests` }),
});

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
let last;
const tampering = {
  'mixed-up': (tokens) => ({ ...tokens, id_token: last }),
  forged: (tokens) => {
    const [head, body, signature] = tokens.id_token.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[bytes.length - 1] ^= 1;
    return { ...tokens, id_token: [head, body, bytes.toString('base64url')].join('.') };
  },
  unsigned: (tokens) => ({ ...tokens, id_token: [part({ alg: 'none' }), tokens.id_token.split('.')[1], ''].join('.') }),
  stripped: ({ id_token, ...tokens }) => tokens,
  swapped: (tokens) => ({ ...tokens, access_token: 'of-somebody-else' }),
};

const server = settings.tls
  ? createSecureServer({ cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key) })
  : createServer();
server.listen(0, '127.0.0.1', async () => {
  const issuer = `${settings.tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
  const { privateKey: rsa } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  const { privateKey: ec } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const bare = async (key) => {
    const { key_ops, ext, ...jwk } = await crypto.subtle.exportKey('jwk', key);
    return { ...jwk, use: 'sig' };
  };
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [await bare(rsa), await bare(ec)] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'HS256'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, id) => account(id),
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  let readers = 0;
  provider.use(async (ctx, next) => {
    await next();
    const id = ctx.oidc?.client?.clientId;
    if (ctx.path === '/token' && ctx.body?.id_token) {
      if (tampering[id]) {
        ctx.body = tampering[id](ctx.body);
      } else {
        last = ctx.body.id_token;
      }
    } else if (ctx.path === '/me' && id === 'double') {
      ctx.body = { ...ctx.body, sub: 'somebody-else' };
    } else if (ctx.path === '/jwks' && readers++ === 0) {
      ctx.body = { keys: ctx.body.keys.filter((key) => key.kty === 'RSA') };
    }
  });
  server.on('request', provider.callback());
  console.log(`ready ${issuer}`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
