package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

// errPublic is what a target outside of this machine and of private networks is refused with.
var errPublic = errors.New("load is sent to loopback and private addresses only (RFC 1918, RFC 4193)")

func allowed(address netip.Addr) bool {
	address = address.Unmap()
	return address.IsLoopback() || address.IsPrivate()
}

// refusePublic refuses a name or address that is public now. What a name means later is looked at with each connection.
func refusePublic(host string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil // Names of a cluster may come to exist later.
	}
	for _, address := range found {
		if !allowed(address) {
			return fmt.Errorf("--target %s is %s: %w", host, address.Unmap(), errPublic)
		}
	}
	return nil
}

// knownFor is how long an answer of the name server is used, as a client with a cache would.
const knownFor = time.Second

// names looks a name up once at a time, however many requests need it.
type names struct {
	group singleflight.Group
	turn  atomic.Uint64

	mutex sync.Mutex
	found []netip.Addr
	until time.Time
}

// address of a host; of several, each in its turn.
func (n *names) address(ctx context.Context, host string) (netip.Addr, error) {
	if address, err := netip.ParseAddr(host); err == nil {
		return address, nil
	}
	found := n.remembered()
	if found == nil {
		select {
		case <-ctx.Done():
			return netip.Addr{}, &net.DNSError{Err: "no answer in time", Name: host, IsTimeout: true}
		case looked := <-n.group.DoChan(host, func() (any, error) { return n.lookUp(host) }):
			if looked.Err != nil {
				return netip.Addr{}, looked.Err
			}
			found = looked.Val.([]netip.Addr)
		}
	}
	return found[n.turn.Add(1)%uint64(len(found))], nil
}

func (n *names) remembered() []netip.Addr {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if time.Now().After(n.until) {
		return nil
	}
	return n.found
}

func (n *names) lookUp(host string) ([]netip.Addr, error) {
	ctx, cancel := context.WithTimeout(context.Background(), longestTimeout*time.Second)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	for index, address := range found {
		found[index] = address.Unmap()
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.found, n.until = found, time.Now().Add(knownFor)
	return found, nil
}
