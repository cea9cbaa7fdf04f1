package main

import (
	"bufio"
	"fmt"
	"net"
	"sync"
	"time"
)

const longestLine = 64 * 1024

// echo answers each line with the hostname and that line, for tests of plain TCP.
type echo struct {
	hostname string
	drain    *drain

	mutex sync.Mutex
	open  map[net.Conn]struct{}
	all   sync.WaitGroup
}

func newEcho(hostname string, drain *drain) *echo {
	return &echo{hostname: hostname, drain: drain, open: map[net.Conn]struct{}{}}
}

func (e *echo) serve(listener net.Listener) error {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return err
		}
		e.follow(connection, true)
		e.all.Go(func() {
			defer e.follow(connection, false)
			defer connection.Close()
			e.answer(connection)
		})
	}
}

func (e *echo) follow(connection net.Conn, opened bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if opened {
		e.open[connection] = struct{}{}
		e.drain.opened(connection)
	} else {
		delete(e.open, connection)
		e.drain.closed(connection)
	}
}

// answer ends a connection after the answer while draining: plain TCP has no other way to say that it was the last one.
// An answer from before is never the last one, or a line that is sent after it would be lost.
func (e *echo) answer(connection net.Conn) {
	lines := bufio.NewScanner(connection)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		last := e.drain.begun.Load()
		if _, err := fmt.Fprintf(connection, "%s %s\n", e.hostname, lines.Text()); err != nil {
			return
		}
		if last {
			return
		}
	}
}

// shutdown closes the connections that are idle and waits for the others.
func (e *echo) shutdown() {
	e.mutex.Lock()
	for connection := range e.open {
		connection.SetReadDeadline(time.Now())
	}
	e.mutex.Unlock()
	e.all.Wait()
}
