// Judge checks a Truceline log with other people's code: Go's sumdb/note for signatures and
// sumdb/tlog for the tree. It shares no line with the program it judges.
//
//	judge <log directory> <verifier key> <proof file> <consistency file> [<witness key>…]
//
// It reads the signed head, authenticates every leaf through TileHashReader, holds every entry of
// every bundle against its leaf, checks a tlog-proof, and one consistency proof for each line
// "<size> <base64 root>" of the consistency file. Of each witness key given (cosignature/v1) it wants
// a line that holds. On damage it names the entry and exits 2.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if len(os.Args) < 5 {
		fail("usage: judge <log> <vkey> <proof> <consistency> [<witness vkey>...]")
	}
	head := openHead(read(os.Args[1], "checkpoint"), os.Args[2])
	cosigned := checkCosignatures(read(os.Args[1], "checkpoint"), os.Args[5:])
	tree := &tiles{dir: os.Args[1]}
	hashes := tlog.TileHashReader(tlog.Tree{N: head.size, Hash: head.root}, tree)
	checkEntries(os.Args[1], head.size, hashes)
	index := checkProof(os.Args[1], os.Args[2], os.Args[3])
	proofs := checkConsistency(head, hashes, os.Args[4])
	fmt.Printf("PASS entries=%d proof=%d consistency=%d", head.size, index, proofs)
	if cosigned > 0 {
		fmt.Printf(" cosigned=%d", cosigned)
	}
	fmt.Println()
}

// cosigner verifies the lines of one witness (c2sp.org/tlog-cosignature) for note.Open.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	stamp := binary.BigEndian.Uint64(sig)
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", stamp, msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func newCosigner(vkey string) *cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("witness key: %q", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must("witness key", err)
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 || fmt.Sprintf("%x", sum[:4]) != parts[1] {
		fail("witness key: %q is not of type 4, or its id is another's", vkey)
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}
}

func checkCosignatures(raw []byte, vkeys []string) int {
	for _, vkey := range vkeys {
		witness := newCosigner(vkey)
		opened, err := note.Open(raw, note.VerifierList(witness))
		must("cosignature of "+witness.name, err)
		if len(opened.Sigs) != 1 {
			fail("cosignature of %s: %d lines", witness.name, len(opened.Sigs))
		}
	}
	return len(vkeys)
}

type signedHead struct {
	origin string
	size   int64
	root   tlog.Hash
}

// openHead verifies a checkpoint's signature and reads its three lines.
func openHead(raw []byte, vkey string) signedHead {
	verifier, err := note.NewVerifier(vkey)
	must("verifier key", err)
	opened, err := note.Open(raw, note.VerifierList(verifier))
	must("checkpoint", err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("checkpoint: not three lines of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must("checkpoint size", err)
	return signedHead{lines[0], size, hash(lines[2])}
}

func checkEntries(dir string, size int64, hashes tlog.HashReader) {
	for start := int64(0); start < size; start += 256 {
		width := size - start
		if width > 256 {
			width = 256
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, start+int64(i))
		}
		leaves, err := hashes.ReadHashes(indexes)
		must(fmt.Sprintf("leaves from %d", start), err)
		bundle := read(dir, tilePath("entries", start/256, int(width)))
		for i, leaf := range leaves {
			entry, rest := next(bundle, start+int64(i))
			if tlog.RecordHash(entry) != leaf {
				fail("entry %d does not match its leaf", start+int64(i))
			}
			bundle = rest
		}
		if len(bundle) != 0 {
			fail("bytes after entry %d", start+width-1)
		}
	}
}

func next(bundle []byte, index int64) ([]byte, []byte) {
	if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
		fail("entry %d does not match its leaf: it is cut short", index)
	}
	end := 2 + int(binary.BigEndian.Uint16(bundle))
	return bundle[2:end], bundle[end:]
}

// checkProof checks a c2sp.org/tlog-proof file for the entry it is about.
func checkProof(dir, vkey, path string) int64 {
	raw := readFile(path)
	top, checkpoint, found := strings.Cut(string(raw), "\n\n")
	lines := strings.Split(top, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("proof: not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must("proof index", err)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		proof = append(proof, hash(line))
	}
	head := openHead([]byte(checkpoint), vkey)
	width := head.size - index/256*256
	if width > 256 {
		width = 256
	}
	bundle := read(dir, tilePath("entries", index/256, int(width)))
	var entry []byte
	for at := index / 256 * 256; at <= index; at++ {
		entry, bundle = next(bundle, at)
	}
	must("proof", tlog.CheckRecord(proof, head.size, head.root, index, tlog.RecordHash(entry)))
	return index
}

func checkConsistency(head signedHead, hashes tlog.HashReader, path string) int {
	count := 0
	scanner := bufio.NewScanner(strings.NewReader(string(readFile(path))))
	for scanner.Scan() {
		sizeText, root, _ := strings.Cut(scanner.Text(), " ")
		size, err := strconv.ParseInt(sizeText, 10, 64)
		must("consistency size", err)
		proof, err := tlog.ProveTree(head.size, size, hashes)
		must("consistency proof", err)
		must(fmt.Sprintf("head of %d", size), tlog.CheckTree(proof, head.size, head.root, size, hash(root)))
		count++
	}
	return count
}

// tiles gives tlog the files of a c2sp.org/tlog-tiles directory, which leaves the height out.
type tiles struct{ dir string }

func (t *tiles) Height() int { return height }

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		raw, err := os.ReadFile(filepath.Join(t.dir, tilePath(strconv.Itoa(tile.L), tile.N, tile.W)))
		if err != nil {
			return nil, err
		}
		data[i] = raw
	}
	return data, nil
}

func tilePath(kind string, n int64, width int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width != 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", kind, path)
}

func hash(line string) tlog.Hash {
	raw, err := base64.StdEncoding.DecodeString(line)
	must("hash", err)
	if len(raw) != tlog.HashSize {
		fail("a hash of %d bytes", len(raw))
	}
	var h tlog.Hash
	copy(h[:], raw)
	return h
}

func read(dir, path string) []byte { return readFile(filepath.Join(dir, path)) }

func readFile(path string) []byte {
	raw, err := os.ReadFile(path)
	must("file", err)
	return raw
}

func must(what string, err error) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func fail(format string, args ...any) {
	fmt.Printf("FAIL "+format+"\n", args...)
	os.Exit(2)
}
