package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// outcome of one request.
type outcome struct {
	sequence      uint64
	at            time.Time
	took          time.Duration
	err           error
	local, remote string
	newConnection bool
}

// sender is the http.RoundTripper under vegeta's pacing: vegeta decides when, this decides how.
type sender struct {
	settings
	connections *connections
	exchange    exchange
	slots       chan struct{}
	record      func(outcome)
}

func newSender(chosen settings) *sender {
	made := &sender{
		settings: chosen,
		slots:    make(chan struct{}, chosen.concurrent),
		exchange: overTCP,
		connections: &connections{
			address: &names{},
			host:    chosen.target.Hostname(),
			port:    cmp.Or(chosen.target.Port(), "80"),
			keep:    chosen.keep,
			local:   chosen.localAddress,
			ports:   portsFor(chosen.keep, chosen.rate, time.Now()),
		},
	}
	if chosen.target.Scheme == "http" {
		overHTTP, err := overHTTP(chosen)
		if err != nil {
			panic(err) // The URL was parsed before.
		}
		made.exchange = overHTTP
	}
	return made
}

// RoundTrip sends the request that is due now, and never one twice. Vegeta gets an empty answer: what became of the
// request is in the record.
func (s *sender) RoundTrip(due *http.Request) (*http.Response, error) {
	sequence, err := strconv.ParseUint(due.Header.Get("X-Vegeta-Seq"), 10, 64)
	if err != nil {
		return nil, err
	}
	select {
	case s.slots <- struct{}{}:
		s.send(sequence)
	default:
		s.record(outcome{sequence: sequence, at: time.Now(), err: errNeverSent})
	}
	return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: due}, nil
}

func (s *sender) send(sequence uint64) {
	result, used, reusable := s.try(sequence)
	s.record(result)
	<-s.slots
	if used == nil {
		return
	}
	if s.keep == 0 && result.err == nil && s.target.Scheme == "http" {
		awaitEnd(used)
	}
	s.connections.put(used, reusable)
}

func (s *sender) try(sequence uint64) (result outcome, used *connection, reusable bool) {
	result = outcome{sequence: sequence, at: time.Now()}
	deadline := result.at.Add(s.timeout)
	ctx, cancel := context.WithDeadline(context.Background(), deadline)
	defer cancel()

	used, err := s.connections.get(ctx)
	if err == nil {
		result.newConnection = !used.used
		result.local, result.remote = used.LocalAddr().String(), used.RemoteAddr().String()
		used.SetDeadline(deadline)
		reusable, err = s.exchange(used, sequence)
	} else {
		result.newConnection = true
	}
	result.took, result.err = time.Since(result.at), err
	return result, used, reusable
}

const betweenFirstTries = 100 * time.Millisecond

// waitForFirst asks, one request at a time, until the target answers. These requests are not part of the run.
func (s *sender) waitForFirst(ctx context.Context) error {
	if s.waitFirst == 0 {
		return nil
	}
	for until := time.Now().Add(s.waitFirst); ; {
		result, used, reusable := s.try(0)
		if used != nil {
			s.connections.put(used, reusable)
		}
		if result.err == nil {
			return nil
		}
		if time.Now().After(until) || ctx.Err() != nil {
			return fmt.Errorf("%s did not answer in %s: %w", s.target, s.waitFirst, result.err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(betweenFirstTries):
		}
	}
}
