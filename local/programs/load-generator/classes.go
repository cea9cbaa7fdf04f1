package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
)

// class is what became of a request.
type class string

const (
	ok          class = "ok"
	refused     class = "refused"
	reset       class = "reset"
	timedOut    class = "timedOut"
	unreachable class = "unreachable"
	dns         class = "dns"
	closed      class = "closed"
	status      class = "status"
	neverSent   class = "neverSent"
	other       class = "other"
)

var classes = []class{ok, refused, reset, timedOut, unreachable, dns, closed, status, neverSent, other}

var errNeverSent = errors.New("due, but too many requests were under way")

func among(err error, wanted ...error) bool {
	for _, one := range wanted {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

func classOf(err error) class {
	var lookup *net.DNSError
	var answered *statusError
	var network net.Error
	switch {
	case err == nil:
		return ok
	case errors.Is(err, errNeverSent):
		return neverSent
	case errors.As(err, &answered):
		return status
	case errors.As(err, &lookup):
		return dns
	case errors.Is(err, syscall.ECONNREFUSED):
		return refused
	case among(err, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE):
		return reset
	case among(err, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN):
		return unreachable
	case among(err, context.DeadlineExceeded, os.ErrDeadlineExceeded, syscall.ETIMEDOUT):
		return timedOut
	case errors.As(err, &network) && network.Timeout():
		return timedOut
	case among(err, io.EOF, io.ErrUnexpectedEOF):
		return closed
	}
	return other
}
