package main

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// drain ends the application without losing a request on a kept connection.
//
// The moment of SIGTERM is the end of the preStop sleep: by then no new connection should come, because the sleep is
// there for the cluster to learn that the Pod goes. So the listeners close at once, and whoever leaves the sleep out
// sees it in refused connections. Kept connections are another matter: nobody takes them away from a Pod that goes.
//
//   - From SIGTERM on every answer says "Connection: close", also to requests that were under way, so that a client
//     knows before its next request that it needs another connection.
//   - An idle connection stays open for a while (DRAIN_SECONDS, at most), to be ended by such an answer. Closing it at
//     once, as http.Server.Shutdown does, meets a request that is on its way, and clients that do not retry lose it.
//   - After that, or sooner when no connection is left, idle connections are closed and requests under way are awaited
//     for as long as they take. The Pod's grace period is the limit.
//
// What it cannot save is a request sent at the very moment in which its connection, idle for the whole of DRAIN_SECONDS,
// is closed. The time counts against the grace period: the library leaves the longest request and 5 seconds after the
// sleep, so 3 seconds also let a longest request end that comes last of all.
type drain struct {
	begun atomic.Bool
	limit time.Duration

	mutex sync.Mutex
	open  map[net.Conn]struct{}
	empty chan struct{}
}

const defaultDrainSeconds = 3

func newDrain(limit time.Duration) *drain {
	return &drain{limit: limit, open: map[net.Conn]struct{}{}, empty: make(chan struct{}, 1)}
}

// opened counts a connection in.
func (d *drain) opened(connection net.Conn) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.open[connection] = struct{}{}
}

// closed counts a connection out.
func (d *drain) closed(connection net.Conn) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	delete(d.open, connection)
	if len(d.open) == 0 {
		d.tellEmpty()
	}
}

func (d *drain) tellEmpty() {
	select {
	case d.empty <- struct{}{}:
	default:
	}
}

// follow is the http.Server's ConnState.
func (d *drain) follow(connection net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		d.opened(connection)
	case http.StateClosed, http.StateHijacked:
		d.closed(connection)
	}
}

func (d *drain) count() int {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return len(d.open)
}

// wait returns when no connection is left, at the latest when the limit has passed.
func (d *drain) wait() {
	limit := time.NewTimer(d.limit)
	defer limit.Stop()
	for d.count() > 0 {
		select {
		case <-d.empty:
		case <-limit.C:
			return
		}
	}
}
