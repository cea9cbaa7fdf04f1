// Command demo-application is the application behind the Services of the default program and of the tests, and the
// process that keeps a Pod's sandbox. Its image has no shell, so what one would use a shell for in a Pod is here too.
package main

import (
	"fmt"
	"os"
	"strings"
)

const usage = `usage:
  demo-application [--http ADDRESS] [--tcp ADDRESS]   answer requests until SIGTERM
  demo-application pause                              do nothing until SIGTERM
  demo-application ask [--tcp] [--post] [--host NAME] [--seconds N] TARGET   send one request
`

func main() {
	arguments := os.Args[1:]
	if len(arguments) == 0 || strings.HasPrefix(arguments[0], "-") {
		os.Exit(serve(arguments))
	}
	switch arguments[0] {
	case "pause":
		pause()
	case "ask":
		os.Exit(ask(arguments[1:]))
	default:
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
}
