package main

import (
	"context"
	"math"
	"net/http"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// tooLate is how long after the end requests may still be sent that were due before it.
const tooLate = time.Second

// boundedPacer is a fixed rate that ends with the last request that is due, or when it is too late for what is left. A
// run that is stopped still sends what was due until then.
type boundedPacer struct {
	vegeta.ConstantPacer
	requests uint64
	lasts    time.Duration
	stopped  <-chan struct{}
}

func (p *boundedPacer) Pace(elapsed time.Duration, sent uint64) (wait time.Duration, stop bool) {
	select {
	case <-p.stopped:
		p.lasts = min(p.lasts, elapsed)
		p.requests = max(sent, dueAfter(p.Freq, p.lasts))
	default:
	}
	if sent >= p.requests || elapsed > p.lasts+tooLate {
		return 0, true
	}
	return p.ConstantPacer.Pace(elapsed, sent)
}

func dueAfter(rate int, duration time.Duration) uint64 {
	return uint64(math.Round(float64(rate)*duration.Seconds()*1e6) / 1e6)
}

// run sends what is due, until everything is sent, the time is over or the run is stopped, and waits for the answers.
func run(ctx context.Context, chosen settings, sender *sender) report {
	pacer := &boundedPacer{
		ConstantPacer: vegeta.ConstantPacer{Freq: chosen.rate, Per: time.Second},
		requests:      dueAfter(chosen.rate, chosen.duration),
		lasts:         chosen.duration,
		stopped:       ctx.Done(),
	}
	attacker := vegeta.NewAttacker(
		vegeta.Client(&http.Client{Transport: sender}),
		vegeta.MaxWorkers(mostConcurrent*2),
	)
	target := vegeta.NewStaticTargeter(vegeta.Target{Method: http.MethodGet, URL: chosen.target.String()})

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
	return recorder.report(pacer.requests, pacer.lasts, sender.connections)
}
