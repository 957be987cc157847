// Judges Go texts with the language's own parser; how to ask is told in judge.ts.
package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"strconv"
	"strings"
)

func faultOf(source []byte) string {
	_, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err == nil {
		return ""
	}
	if list, ok := err.(scanner.ErrorList); ok {
		return fmt.Sprintf("%d: %s", list[0].Pos.Line, list[0].Msg)
	}
	return "0: " + err.Error()
}

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		head, err := in.ReadString('\n')
		if err != nil {
			return
		}
		length, err := strconv.Atoi(strings.TrimSpace(head))
		if err != nil {
			panic(err)
		}
		source := make([]byte, length)
		if _, err := io.ReadFull(in, source); err != nil {
			panic(err)
		}
		fmt.Println(strings.ReplaceAll(faultOf(source), "\n", " "))
	}
}
