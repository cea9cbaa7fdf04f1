package main

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// recorder remembers what became of every request.
type recorder struct {
	settings
	start time.Time

	mutex     sync.Mutex
	counts    map[class]uint64
	latencies []time.Duration
	late      []time.Duration
	seconds   map[int]*secondSoFar
	failures  []failure
}

type secondSoFar struct {
	latencies []time.Duration
	failed    int
}

func newRecorder(chosen settings, start time.Time) *recorder {
	return &recorder{settings: chosen, start: start, counts: map[class]uint64{}, seconds: map[int]*secondSoFar{}}
}

// dueAt is when a request was due after the start; the first one after one interval.
func (r *recorder) dueAt(sequence uint64) time.Duration {
	return time.Duration(float64(sequence+1) / float64(r.rate) * float64(time.Second))
}

func (r *recorder) record(result outcome) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	after := result.at.Sub(r.start)
	which := classOf(result.err)
	r.counts[which]++
	r.late = append(r.late, max(0, after-r.dueAt(result.sequence)))

	inSecond := r.seconds[int(after.Seconds())]
	if inSecond == nil {
		inSecond = &secondSoFar{}
		r.seconds[int(after.Seconds())] = inSecond
	}
	if which == ok {
		r.latencies = append(r.latencies, result.took)
		inSecond.latencies = append(inSecond.latencies, result.took)
		return
	}
	inSecond.failed++
	if len(r.failures) < r.mostRemembers {
		r.failures = append(r.failures, failure{
			Sequence: result.sequence, AtMilliseconds: milliseconds(after), Time: result.at.UTC(),
			TookMilliseconds: milliseconds(result.took), Class: which, Error: result.err.Error(),
			Local: result.local, Remote: result.remote, NewConnection: result.newConnection,
		})
	}
}

func (r *recorder) soFar() (done, failed uint64) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for which, count := range r.counts {
		done += count
		if which != ok {
			failed += count
		}
	}
	return done, failed
}

func (r *recorder) timeline() []second {
	told := []second{}
	for number, inSecond := range r.seconds {
		told = append(told, second{
			Second: number, OK: len(inSecond.latencies), Failed: inSecond.failed,
			P99Milliseconds: quantilesOf(inSecond.latencies).P99,
		})
	}
	slices.SortFunc(told, func(a, b second) int { return a.Second - b.Second })
	return told
}

// report tells the run after its last request; those that were due and of which nothing was recorded were never sent.
func (r *recorder) report(due uint64, lasted time.Duration, used *connections) report {
	done, _ := r.soFar()
	due = max(due, done)
	counts := map[class]uint64{}
	for _, which := range classes {
		counts[which] = r.counts[which]
	}
	counts[neverSent] += due - done
	slices.SortFunc(r.failures, func(a, b failure) int { return a.Time.Compare(b.Time) })
	return report{
		Target: r.target.String(), Rate: r.rate, Seconds: lasted.Seconds(), Start: r.start.UTC(),
		Requests: due, Classes: counts,
		LatencyMilliseconds: quantilesOf(r.latencies), LateMilliseconds: quantilesOf(r.late),
		Connections: connectionsReport{Opened: used.opened, ClosedWhileIdle: used.closedWhileIdle},
		Timeline:    r.timeline(), Failures: append([]failure{}, r.failures...),
	}
}

// tellEachSecond writes how the run goes to standard error.
func (r *recorder) tellEachSecond() (stop func()) {
	ticker, done := time.NewTicker(time.Second), make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				sent, failed := r.soFar()
				fmt.Fprintf(os.Stderr, "%.0f s: %d answered, %d failed\n", time.Since(r.start).Seconds(), sent-failed, failed)
			}
		}
	}()
	return func() { ticker.Stop(); close(done) }
}
