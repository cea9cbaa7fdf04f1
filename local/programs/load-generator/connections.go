package main

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// connection to the target.
type connection struct {
	net.Conn
	reader *bufio.Reader
	used   bool
}

// connections opens connections and keeps some of them. net/http's transport is not used because it sends a request
// again, unasked, when a kept connection turns out to be closed; here such a request fails, as it does for clients that
// do not retry. What is done, as every client does: a connection that is known to be closed before anything is sent is
// not used.
type connections struct {
	address *names
	host    string
	port    string
	keep    int
	local   []netip.Addr
	ports   *ports

	mutex           sync.Mutex
	idle            []*connection
	open            int
	opened          int
	closedWhileIdle int
}

// get gives a connection that is free and, where fewer are open than are to be kept, a new one. Kept ones are used in
// turn, so that each of them is idle for as long as the others.
func (c *connections) get(ctx context.Context) (*connection, error) {
	if kept := c.takeIdle(); kept != nil {
		return kept, nil
	}
	opened, err := c.dial(ctx)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if err != nil {
		c.open--
		return nil, err
	}
	c.opened++
	return opened, nil
}

// takeIdle counts the connection as open that its caller opens when there is none.
func (c *connections) takeIdle() *connection {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for c.open >= c.keep && len(c.idle) > 0 {
		oldest := c.idle[0]
		c.idle = c.idle[1:]
		if !closedByPeer(oldest.Conn) {
			return oldest
		}
		oldest.Close()
		c.open--
		c.closedWhileIdle++
	}
	c.open++
	return nil
}

// put gives a connection back, or closes it when it cannot be used again or nothing is to be kept.
func (c *connections) put(used *connection, reusable bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if reusable && c.open <= c.keep {
		used.used = true
		c.idle = append(c.idle, used)
		return
	}
	c.open--
	used.Close()
}

func (c *connections) closeIdle() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, kept := range c.idle {
		kept.Close()
	}
	c.idle = nil
}

func (c *connections) dial(ctx context.Context) (*connection, error) {
	address, err := c.address.address(ctx, c.host)
	if err != nil {
		return nil, err
	}
	if !allowed(address) {
		return nil, errPublic
	}
	opened, err := c.dialFromNextPort(ctx, net.JoinHostPort(address.String(), c.port))
	if err != nil {
		return nil, err
	}
	return &connection{Conn: opened, reader: bufio.NewReader(opened)}, nil
}

// ports are local ones, taken in turn. Left to Linux, a port comes again after some thousand connections, and a node
// remembers a connection for up to two minutes (nf_conntrack_tcp_timeout_time_wait): where it could not see the end of
// the one before, it leads the new one to the same Pod, which may be gone. The many clients of a Service do not meet
// that, because each has an address of its own.
type ports struct {
	first, count uint64
	turn         atomic.Uint64
}

// Connections that are kept come from ports of their own: beside a generator that keeps none, at the same address, they
// would be met again.
const (
	firstPort     = 1024
	firstKeptPort = 57344
	endOfPorts    = 65536
	// portTries bounds how many of the ports that one connection tries may be taken by others.
	portTries = 1024
	// farAway is how far from a port that is taken the next try is. The port beside it has its own turn, also in the
	// generator that goes on after this one.
	farAway = 34807
)

// portsFor begins where a generator of the same rate that has run until now would go on.
func portsFor(keep, rate int, now time.Time) *ports {
	made := &ports{first: firstPort, count: firstKeptPort - firstPort}
	if keep > 0 {
		made.first, made.count = firstKeptPort, endOfPorts-firstKeptPort
	}
	made.turn.Store(uint64(now.UnixMilli()) * uint64(rate) / 1000)
	return made
}

func (p *ports) next() uint64 { return p.turn.Add(1) }

func (p *ports) at(turn, try uint64) int { return int(p.first + (turn+try*farAway)%p.count) }

// dialFromNextPort passes over the ports that are taken.
func (c *connections) dialFromNextPort(ctx context.Context, target string) (net.Conn, error) {
	turn := c.ports.next()
	for try := uint64(0); ; try++ {
		local := &net.TCPAddr{Port: c.ports.at(turn, try)}
		if len(c.local) > 0 {
			local.IP = c.local[turn%uint64(len(c.local))].AsSlice()
		}
		dialer := net.Dialer{KeepAlive: -1, Control: shareLocalPorts, LocalAddr: local}
		opened, err := dialer.DialContext(ctx, "tcp", target)
		taken := errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, syscall.EADDRNOTAVAIL)
		if !taken || try+1 == portTries {
			return opened, err
		}
	}
}

// shareLocalPorts lets a port be used for several connections that lead to different addresses.
func shareLocalPorts(_, _ string, raw syscall.RawConn) error {
	var failure error
	err := raw.Control(func(descriptor uintptr) {
		failure = syscall.SetsockoptInt(int(descriptor), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1)
	})
	return errors.Join(err, failure)
}

// closedByPeer looks, without waiting, at what has come on an idle connection: nothing should have.
func closedByPeer(idle net.Conn) bool {
	idle.SetDeadline(time.Time{})
	raw, err := idle.(syscall.Conn).SyscallConn()
	if err != nil {
		return true
	}
	closed := true
	var unexpected [1]byte
	err = raw.Read(func(descriptor uintptr) bool {
		_, failure := syscall.Read(int(descriptor), unexpected[:])
		closed = failure != syscall.EAGAIN
		return true
	})
	return closed || err != nil
}
