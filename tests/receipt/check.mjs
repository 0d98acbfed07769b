// A second reading of c2sp.org/tlog-proof, written apart from the page and from Python, on
// node:crypto. Reads JSON lines {proof, entry, keys} (base64, base64, text), prints true or false.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const need = (holds) => { if (!holds) throw new Error("does not hold"); };
const strict64 = (text) => {
  const raw = Buffer.from(text, "base64");
  need(raw.toString("base64") === text);
  return raw;
};
const whole = (raw) => {
  const text = raw.toString("utf8");
  need(Buffer.from(text, "utf8").equals(raw));
  return text;
};

function key(line) {
  const [, name, id, typed64] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(line) ?? need(false);
  const typed = strict64(typed64);
  need((typed[0] === 1 || typed[0] === 4) && typed.length === 33);
  need(sha(Buffer.from(`${name}\n`), typed).subarray(0, 4).toString("hex") === id);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]);
  return { name, id, type: typed[0], known: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

function opened(raw, keys) {
  const all = whole(raw), at = all.lastIndexOf("\n\n");
  need(at >= 0 && all.endsWith("\n"));
  const text = all.slice(0, at + 1), found = new Set();
  need(!/[\x00-\x09\x0b-\x1f]/.test(text));
  for (const line of all.slice(at + 2, -1).split("\n")) {
    const [, name, blob64] = /^— ([^+\s]+) (\S+)$/u.exec(line) ?? need(false);
    const blob = strict64(blob64), id = blob.subarray(0, 4).toString("hex");
    need(blob.length >= 5);
    const by = keys.find((one) => one.name === name && one.id === id);
    if (!by) continue;
    const signature = blob.subarray(4);
    need(signature.length === (by.type === 4 ? 72 : 64));
    const dated = by.type === 4 ? `cosignature/v1\ntime ${signature.readBigUInt64BE(0)}\n` : "";
    need(verify(null, Buffer.from(dated + text), by.known, signature.subarray(-64)));
    found.add(`${name} ${id}`);
  }
  const [origin, size, root, rest, ...more] = text.split("\n");
  need(rest === "" && !more.length && /^(0|[1-9][0-9]{0,17})$/.test(size));
  const own = keys.filter((one) => one.type === 1 && one.name === origin);
  need(own.length && own.every((one) => found.has(`${one.name} ${one.id}`)));
  need(strict64(root).length === 32);
  return { size: BigInt(size), root: strict64(root) };
}

// The root over leaves start..stop, with the given leaf at index and hashes taken from the last on.
function rootOf(index, start, stop, leaf, hashes) {
  if (stop - start === 1n) return leaf;
  let split = 1n;
  while (split * 2n < stop - start) split *= 2n;
  const middle = start + split, sibling = hashes.pop();
  need(sibling);
  return index < middle
    ? sha(Buffer.from([1]), rootOf(index, start, middle, leaf, hashes), sibling)
    : sha(Buffer.from([1]), sibling, rootOf(index, middle, stop, leaf, hashes));
}

function holds({ proof, entry, keys }) {
  const known = keys.split("\n").filter(Boolean).map(key);
  const raw = Buffer.from(proof, "base64"), leaf = Buffer.from(entry, "base64");
  const at = raw.indexOf("\n\n");
  need(at >= 0);
  const lines = whole(raw.subarray(0, at)).split("\n");
  need(lines.shift() === "c2sp.org/tlog-proof@v1");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const [, index] = /^index (0|[1-9][0-9]{0,17})$/.exec(lines.shift() ?? "") ?? need(false);
  const hashes = lines.map(strict64);
  need(hashes.every((one) => one.length === 32));
  const head = opened(raw.subarray(at + 2), known);
  need(BigInt(index) < head.size);
  const root = rootOf(BigInt(index), 0n, head.size, sha(Buffer.from([0]), leaf), hashes);
  need(!hashes.length && root.equals(head.root));
  return true;
}

for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
  let found = false;
  try { found = holds(JSON.parse(line)); } catch { found = false; }
  console.log(found);
}
