/** An OAuth issuer on this machine: keys, metadata, and tokens as good or as bad as a test wants them. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export interface Issuer {
  url: string;
  /** The public key as text, which some verifiers mistake for a shared secret. */
  publicText(): Promise<string>;
  /** A good token, but for what is said. */
  token(more?: Making): Promise<string>;
  /** From now on tokens are signed with another key, and only that one is published. */
  rotate(): Promise<void>;
  /** What the next requests get: all as it should be, or one of the ways in which it is not. */
  mood: "well" | "down" | "no keys" | "somebody else's metadata" | "pages everywhere";
  /** Where the metadata stand. */
  form: "oauth-authorization-server" | "openid-configuration";
  requests: string[];
  close(): Promise<void>;
}

export interface Making {
  claims?: JWTPayload;
  /** Left out. */
  without?: "sub" | "exp" | "iss" | "aud";
  /** Of somebody who is not the issuer. */
  stranger?: boolean;
  /** In seconds from now. */
  expires?: number;
}

interface Pair {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** @param audience whom the tokens are for */
export async function startIssuer(audience: string): Promise<Issuer> {
  let number = 0;
  const newPair = async (): Promise<Pair> => {
    number += 1;
    return { kid: `key-${number}`, ...(await generateKeyPair("ES256", { extractable: true })) };
  };
  let pair = await newPair();
  const requests: string[] = [];

  const server = createServer(async (request, response) => {
    const { url = "" } = request;
    requests.push(`${request.method} ${url}`);
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (issuer.mood === "down") return request.socket.destroy();
    if (url === `/.well-known/${issuer.form}`) {
      const named = issuer.mood === "somebody else's metadata" ? "https://other.example" : issuer.url;
      return json(200, {
        issuer: named,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        jwks_uri: `${issuer.url}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["ES256"],
        grant_types_supported: ["client_credentials"],
        token_endpoint_auth_methods_supported: ["client_secret_post"],
      });
    }
    if (url === "/keys") {
      if (issuer.mood === "no keys") return json(500, { error: "out of order" });
      return json(200, { keys: [{ ...(await exportJWK(pair.publicKey)), kid: pair.kid, alg: "ES256" }] });
    }
    if (url === "/token" && request.method === "POST") {
      const form = new URLSearchParams(await bodyOf(request));
      const claims = { sub: form.get("client_id") ?? "", aud: form.get("resource") ?? "" };
      return json(200, {
        access_token: await issuer.token({ claims }),
        token_type: "Bearer",
        expires_in: 60,
      });
    }
    if (issuer.mood === "pages everywhere") return response.writeHead(200).end("<!doctype html>");
    return json(404, {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const issuer: Issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publicText: () => exportSPKI(pair.publicKey),
    async token({ claims, without, stranger = false, expires = 300 } = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const all: JWTPayload = {
        iss: issuer.url,
        aud: audience,
        sub: "anna",
        iat: now - 1,
        exp: now + expires,
        ...claims,
      };
      if (without) delete all[without];
      const signer = stranger ? await newPair() : pair;
      return new SignJWT(all).setProtectedHeader({ alg: "ES256", kid: signer.kid }).sign(signer.privateKey);
    },
    async rotate() {
      pair = await newPair();
    },
    mood: "well",
    form: "oauth-authorization-server",
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}
