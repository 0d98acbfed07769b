// Edges says what Go's crypto/ed25519 thinks of each line "<key> <signature> <message>", in hex:
// one line "true" or "false" for each.
package main

import (
	"bufio"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		parts := make([][]byte, len(words))
		for at, word := range words {
			raw, err := hex.DecodeString(word)
			if err != nil {
				panic(err)
			}
			parts[at] = raw
		}
		fmt.Println(ed25519.Verify(parts[0], parts[2], parts[1]))
	}
}
