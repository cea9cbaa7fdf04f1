package main

import (
	"context"
	"math"
	"net/http"
	"sync/atomic"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// tooLate is how long after the end requests may still be sent that were due before it.
const tooLate = time.Second

// boundedPacer is a fixed rate that ends with the last request that is due, when it is too late for what is left, or
// when the run is stopped.
type boundedPacer struct {
	vegeta.ConstantPacer
	requests uint64
	until    time.Duration
	stopped  <-chan struct{}
}

func (p boundedPacer) Pace(elapsed time.Duration, sent uint64) (wait time.Duration, stop bool) {
	select {
	case <-p.stopped:
		return 0, true
	default:
	}
	if sent >= p.requests || elapsed > p.until {
		return 0, true
	}
	return p.ConstantPacer.Pace(elapsed, sent)
}

func dueAfter(rate int, duration time.Duration) uint64 {
	return uint64(math.Round(float64(rate)*duration.Seconds()*1e6) / 1e6)
}

// run sends what is due, until everything is sent, the time is over or the run is stopped, and waits for the answers.
func run(ctx context.Context, chosen settings, sender *sender) report {
	due := dueAfter(chosen.rate, chosen.duration)
	pacer := boundedPacer{
		ConstantPacer: vegeta.ConstantPacer{Freq: chosen.rate, Per: time.Second},
		requests:      due,
		until:         chosen.duration + tooLate,
		stopped:       ctx.Done(),
	}
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: sender}),
		vegeta.MaxWorkers(mostConcurrent*2),
	)
	target := vegeta.NewStaticTargeter(vegeta.Target{Method: http.MethodGet, URL: chosen.target.String()})

	var stoppedAt atomic.Pointer[time.Time]
	context.AfterFunc(ctx, func() { now := time.Now(); stoppedAt.Store(&now) })
	recorder := newRecorder(chosen, time.Now())
	sender.record = recorder.record
	if chosen.progress {
		stop := recorder.tellEachSecond()
		defer stop()
	}
	for range attacker.Attack(target, pacer, 0, "") {
		// The recorder has it already.
	}
	sender.connections.closeIdle()
	lasted := chosen.duration
	if stopped := stoppedAt.Load(); stopped != nil {
		lasted = min(lasted, stopped.Sub(recorder.start))
	}
	return recorder.report(dueAfter(chosen.rate, lasted), lasted, sender.connections)
}
