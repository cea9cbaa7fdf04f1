package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"
)

func TestClassOf(t *testing.T) {
	for _, one := range []struct {
		err  error
		want class
	}{
		{nil, ok},
		{errNeverSent, neverSent},
		{&net.DNSError{Err: "no such host"}, dns},
		{syscall.ECONNREFUSED, refused},
		{syscall.EPIPE, reset},
		{syscall.EHOSTUNREACH, unreachable},
		{context.DeadlineExceeded, timedOut},
		{os.ErrDeadlineExceeded, timedOut},
		{io.ErrUnexpectedEOF, closed},
		{errors.New("anything else"), other},
	} {
		wrapped := one.err
		if wrapped != nil {
			wrapped = fmt.Errorf("while reading: %w", wrapped)
		}
		if got := classOf(wrapped); got != one.want {
			t.Errorf("classOf(%v) is %q, want %q", wrapped, got, one.want)
		}
	}
}

func TestQuantilesOf(t *testing.T) {
	var durations []time.Duration
	for hundredth := 100; hundredth > 0; hundredth-- {
		durations = append(durations, time.Duration(hundredth)*time.Millisecond)
	}
	want := quantiles{P50: 50, P90: 90, P99: 99, P999: 100, Max: 100, Mean: 50.5}
	if got := quantilesOf(durations); got != want {
		t.Errorf("quantiles of 1 to 100 ms are %+v, want %+v", got, want)
	}
	if got := quantilesOf(nil); got != (quantiles{}) {
		t.Errorf("quantiles of nothing are %+v, want none", got)
	}
}
