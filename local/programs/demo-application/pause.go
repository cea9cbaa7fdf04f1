package main

import (
	"os"
	"os/signal"
	"syscall"
)

// pause keeps a Pod's namespaces alive. Where the containers of a Pod share one process namespace it is their first
// process, so it also waits for processes whose parents have gone.
func pause() {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGCHLD)
	for received := range signals {
		if received != syscall.SIGCHLD {
			return
		}
		for {
			// Several ends may come as one signal.
			if id, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); err != nil || id <= 0 {
				break
			}
		}
	}
}
