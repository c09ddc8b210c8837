// A second OAuth 2 server that other people wrote (npm oauth2-mock-server): everybody is let in without a page, and its
// tokens are signed documents. It answers as generously as the other one is strict.
//
//   node mock.mjs PORT
import { OAuth2Server } from 'oauth2-mock-server';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(Number(process.argv[2]), '127.0.0.1');
