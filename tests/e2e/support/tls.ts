import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { onText } from "./text.js";

const openssl = (...args: string[]) => void execFileSync("openssl", args, { stdio: "pipe" });

/** An authority, as a company has one: `NAME.crt` and `NAME.key` in the folder. */
export class Authority {
  readonly file: string;
  readonly #key: string;

  constructor(
    readonly folder: string,
    readonly name: string,
  ) {
    this.file = join(folder, `${name}.crt`);
    this.#key = join(folder, `${name}.key`);
    openssl(
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"],
      ...["-subj", `/CN=${name}`, "-keyout", this.#key, "-out", this.file],
    );
  }

  /** Makes a certificate for this machine, with an RSA key, and its files. */
  sign(certificate: string, key: string): void {
    const extensions = join(this.folder, "extensions");
    const asked = join(this.folder, "asked");
    writeFileSync(extensions, "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", asked);
    openssl(
      ...["x509", "-req", "-in", asked, "-CA", this.file, "-CAkey", this.#key, "-CAcreateserial", "-days", "30"],
      ...["-extfile", extensions, "-out", certificate],
    );
  }
}

export interface Answer {
  status: number;
  body: string;
  /** SHA-256 of the certificate, as the server's log shows it. */
  fingerprint: string;
}

/** GET over TLS, by a client that trusts this authority only, and knows the server by `name` if that is not in the URL. */
export function get(url: string, ca: string, name?: string): Promise<Answer> {
  const known = name === undefined ? {} : { servername: name, headers: { Host: `${name}:${new URL(url).port}` } };
  return new Promise((answered, failed) => {
    request(url, { ca, agent: false, ...known }, (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
      let body = "";
      onText(response, (text) => (body += text));
      response.on("end", () => answered({ status: response.statusCode ?? 0, body, fingerprint: fingerprint256 }));
    })
      .on("error", failed)
      .end();
  });
}

/** What `openssl s_client` says of a handshake with these options. */
export function handshake(port: number, caFile: string, ...options: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    "openssl",
    ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", caFile, "-verify_return_error", ...options],
    { input: "", encoding: "utf8", timeout: 10_000 },
  );
  return { code: status, said: stdout + stderr };
}
