/** A self-signed X.509 certificate, written out byte by byte, so that the tests need neither openssl nor a key in the repository. */
import { generateKeyPairSync, sign } from "node:crypto";

interface Wanted {
  /** 127.0.0.1, or a host name. */
  host: string;
  /** Of four digits. */
  from: number;
  to: number;
}

export function selfSigned({ host, from, to }: Wanted): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
  const name = sequence(tlv(0x31, sequence(oid("550403"), tlv(0x0c, Buffer.from("fault table")))));
  const time = (year: number) => tlv(0x18, Buffer.from(`${year}0101000000Z`));
  const isAddress = /^[\d.]+$/.test(host);
  const subject = isAddress
    ? tlv(0x87, Buffer.from(host.split(".").map(Number)))
    : tlv(0x82, Buffer.from(host));
  const extensions = sequence(
    sequence(oid("551d13"), tlv(0x04, sequence(tlv(0x01, Buffer.from([0xff]))))),
    sequence(oid("551d11"), tlv(0x04, sequence(subject))),
  );
  const toSign = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, extensions),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", toSign, privateKey)]);
  const der = sequence(toSign, ecdsaWithSha256, tlv(0x03, signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => tlv(0x30, Buffer.concat(parts));
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
