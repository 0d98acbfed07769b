// What node:crypto (OpenSSL) thinks of each line "<key> <signature> <message>", in hex: one line
// "true" or "false" for each.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const frame = Buffer.from("302a300506032b6570032100", "hex");
for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  const [key, signature, message] = line.split(" ").map((word) => Buffer.from(word, "hex"));
  let holds = false;
  try {
    const spki = Buffer.concat([frame, key]);
    const known = createPublicKey({ key: spki, format: "der", type: "spki" });
    holds = verify(null, message, known, signature);
  } catch {
    holds = false; // it would not even read the key
  }
  console.log(holds);
}
