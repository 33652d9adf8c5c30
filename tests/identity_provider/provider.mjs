// A certified OpenID provider on loopback, for the tests: `node provider.mjs <port> <callback> <people.json>`.
// Its sign-in page is its own; whoever is typed there signs in, with the claims that people.json says of him.
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const [port, callback, people] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const claimsOf = (id) => JSON.parse(readFileSync(people, "utf8"))[id];

const provider = new Provider(issuer, {
  clients: [{
    client_id: "social-media-unit",
    client_secret: "a-secret-between-two-processes-of-one-test",
    redirect_uris: [callback],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  }],
  pkce: { required: () => true },
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name", "preferred_username", "position", "groups", "roles"],
  },
  conformIdTokenClaims: false,
  findAccount: (_, id) => (claimsOf(id) ? { accountId: id, claims: () => ({ sub: id, ...claimsOf(id) }) } : undefined),
  cookies: { keys: ["tests"] },
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
