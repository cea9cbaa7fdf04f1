package main

import (
	"math"
	"slices"
	"time"
)

// report is what is printed.
type report struct {
	Target  string  `json:"target"`
	Rate    int     `json:"rate"`
	Seconds float64 `json:"seconds"`
	// Start is when the first request was due, in UTC.
	Start time.Time `json:"start"`
	// Requests are those that were due, sent or not.
	Requests uint64           `json:"requests"`
	Classes  map[class]uint64 `json:"classes"`
	// LatencyMilliseconds are those of the good answers, from the moment of sending; connecting included.
	LatencyMilliseconds quantiles `json:"latencyMilliseconds"`
	// LateMilliseconds tell how much later than due requests were sent: what this machine adds.
	LateMilliseconds quantiles         `json:"lateMilliseconds"`
	Connections      connectionsReport `json:"connections"`
	Timeline         []second          `json:"timeline"`
	Failures         []failure         `json:"failures"`
}

type connectionsReport struct {
	Opened          int `json:"opened"`
	ClosedWhileIdle int `json:"closedWhileIdle"`
}

type quantiles struct {
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p999"`
	Max  float64 `json:"max"`
	Mean float64 `json:"mean"`
}

// second is one second of the run, by the moment of sending.
type second struct {
	Second          int     `json:"second"`
	OK              int     `json:"ok"`
	Failed          int     `json:"failed"`
	P99Milliseconds float64 `json:"p99Milliseconds"`
}

type failure struct {
	Sequence       uint64    `json:"sequence"`
	AtMilliseconds float64   `json:"atMilliseconds"`
	Time           time.Time `json:"time"`
	// TookMilliseconds is how long after sending it was known to have failed.
	TookMilliseconds float64 `json:"tookMilliseconds"`
	Class            class   `json:"class"`
	Error            string  `json:"error"`
	Local            string  `json:"local,omitempty"`
	Remote           string  `json:"remote,omitempty"`
	NewConnection    bool    `json:"newConnection"`
}

func milliseconds(duration time.Duration) float64 {
	return math.Round(float64(duration.Microseconds())) / 1000
}

func quantilesOf(durations []time.Duration) quantiles {
	if len(durations) == 0 {
		return quantiles{}
	}
	slices.Sort(durations)
	at := func(share float64) float64 {
		return milliseconds(durations[int(math.Ceil(share*float64(len(durations))))-1])
	}
	var sum time.Duration
	for _, one := range durations {
		sum += one
	}
	return quantiles{
		P50: at(0.5), P90: at(0.9), P99: at(0.99), P999: at(0.999), Max: at(1),
		Mean: milliseconds(sum / time.Duration(len(durations))),
	}
}
