package main

import (
	"net"
	"testing"
	"time"
)

func TestDrainEndsWithTheLastConnection(t *testing.T) {
	one, other := net.Pipe()
	draining := newDrain(time.Hour)
	draining.opened(one)
	draining.opened(other)
	draining.closed(one)
	if draining.count() != 1 || len(draining.empty) != 0 {
		t.Fatal("it is over while a connection is open")
	}
	draining.closed(other)
	draining.wait()
}

func TestDrainWaitsForNoMoreThanItsLimit(t *testing.T) {
	one, _ := net.Pipe()
	draining := newDrain(time.Millisecond)
	draining.opened(one)
	draining.wait()
	if draining.count() != 1 {
		t.Errorf("%d connections are open, want 1", draining.count())
	}
}
