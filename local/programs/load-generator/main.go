// Command load-generator sends requests at a fixed rate, whether or not the ones before were answered, and tells as JSON
// what became of each. It never sends a request twice and never sends load to public addresses.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	chosen, err := settingsFrom(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	sender := newSender(chosen)
	if err := sender.waitForFirst(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	result := run(ctx, chosen, sender)
	printer := json.NewEncoder(os.Stdout)
	printer.SetIndent("", " ")
	if err := printer.Encode(result); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
