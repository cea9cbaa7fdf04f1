package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"
)

// settings of the application: flags for a shell, the environment for a container.
type settings struct {
	http, tcp string
	draining  bool
	limit     time.Duration
	start     time.Duration
}

func settingsFrom(arguments []string) (settings, error) {
	var chosen settings
	flags := flag.NewFlagSet("demo-application", flag.ContinueOnError)
	flags.StringVar(&chosen.http, "http", cmp.Or(os.Getenv("HTTP_ADDRESS"), ":8080"), "address for HTTP (HTTP_ADDRESS)")
	flags.StringVar(&chosen.tcp, "tcp", cmp.Or(os.Getenv("TCP_ADDRESS"), ":9090"), "address for lines over TCP (TCP_ADDRESS)")
	if err := flags.Parse(arguments); err != nil {
		return chosen, err
	}
	switch value := cmp.Or(os.Getenv("DRAIN"), "on"); value {
	case "on", "off":
		chosen.draining = value == "on"
	default:
		return chosen, fmt.Errorf("DRAIN is %q, must be on or off", value)
	}
	var err error
	if chosen.limit, err = secondsIn("DRAIN_SECONDS", defaultDrainSeconds); err != nil {
		return chosen, err
	}
	chosen.start, err = secondsIn("START_SECONDS", 0)
	return chosen, err
}

func secondsIn(variable string, otherwise int) (time.Duration, error) {
	text := cmp.Or(os.Getenv(variable), strconv.Itoa(otherwise))
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || !(seconds >= 0 && seconds <= longestSlowSeconds) {
		return 0, fmt.Errorf("%s is %q, must be a number from 0 to %d", variable, text, longestSlowSeconds)
	}
	return time.Duration(seconds * float64(time.Second)), nil
}
