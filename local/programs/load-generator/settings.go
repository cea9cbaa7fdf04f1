package main

import (
	"flag"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// The most that one run may do.
const (
	highestRate    = 5_000
	longestSeconds = 3_600
	longestTimeout = 60
	mostConcurrent = 10_000
	mostKept       = 1_000
)

// settings of one run.
type settings struct {
	target        *url.URL
	host          string
	rate          int
	duration      time.Duration
	timeout       time.Duration
	keep          int
	concurrent    int
	waitFirst     time.Duration
	localAddress  []netip.Addr
	progress      bool
	mostRemembers int
}

func seconds(value float64) time.Duration { return time.Duration(value * float64(time.Second)) }

func settingsFrom(arguments []string) (settings, error) {
	var chosen settings
	flags := flag.NewFlagSet("load-generator", flag.ContinueOnError)
	target := flags.String("target", "", "http://HOST:PORT/PATH, or tcp://HOST:PORT of a server that answers each line")
	flags.StringVar(&chosen.host, "host", "", "the Host header, where it is not that of the target")
	flags.IntVar(&chosen.rate, "rate", 0, "requests each second")
	duration := flags.Float64("seconds", 0, "how long requests are sent")
	timeout := flags.Float64("timeout", 5, "seconds a request may take, looking up the name and connecting included")
	flags.IntVar(&chosen.keep, "keep", 0, "connections that are kept and used in turn; 0 opens a new one for each request")
	flags.IntVar(&chosen.concurrent, "concurrent", 0, "requests under way at once, beyond which those due are not sent; 0 is as many as rate and timeout allow")
	waitFirst := flags.Float64("wait-first", 0, "seconds in which the target may begin to answer; the run starts with its first answer")
	local := flags.String("local-address", "", "addresses to send from, in turn, separated by commas")
	flags.BoolVar(&chosen.progress, "progress", false, "a line each second on standard error")
	flags.IntVar(&chosen.mostRemembers, "failures", 1_000, "failures that are told one by one")
	if err := flags.Parse(arguments); err != nil {
		return chosen, err
	}
	chosen.duration, chosen.timeout, chosen.waitFirst = seconds(*duration), seconds(*timeout), seconds(*waitFirst)

	var err error
	if chosen.target, err = url.Parse(*target); err != nil {
		return chosen, fmt.Errorf("--target: %w", err)
	}
	for _, text := range strings.FieldsFunc(*local, func(r rune) bool { return r == ',' }) {
		address, err := netip.ParseAddr(text)
		if err != nil {
			return chosen, fmt.Errorf("--local-address: %w", err)
		}
		chosen.localAddress = append(chosen.localAddress, address)
	}
	if err := chosen.check(flags.Args()); err != nil {
		return chosen, err
	}
	if chosen.concurrent == 0 {
		chosen.concurrent = min(mostConcurrent, int(float64(chosen.rate)*chosen.timeout.Seconds())+chosen.rate)
	}
	return chosen, refusePublic(chosen.target.Hostname())
}

func (s settings) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unknown argument %q", rest[0])
	case s.target.Scheme != "http" && s.target.Scheme != "tcp":
		return fmt.Errorf("--target must begin with http:// or tcp://")
	case s.target.Hostname() == "" || s.target.User != nil:
		return fmt.Errorf("--target must name a host, and no user")
	case s.target.Scheme == "tcp" && (s.target.Port() == "" || s.host != ""):
		return fmt.Errorf("--target with tcp:// must name a port, and --host is for http:// only")
	case s.rate < 1 || s.rate > highestRate:
		return fmt.Errorf("--rate must be from 1 to %d", highestRate)
	case s.duration <= 0 || s.duration > longestSeconds*time.Second:
		return fmt.Errorf("--seconds must be more than 0 and at most %d", longestSeconds)
	case s.timeout < time.Millisecond || s.timeout > longestTimeout*time.Second:
		return fmt.Errorf("--timeout must be from 0.001 to %d", longestTimeout)
	case s.keep < 0 || s.keep > mostKept:
		return fmt.Errorf("--keep must be from 0 to %d", mostKept)
	case s.concurrent < 0 || s.concurrent > mostConcurrent:
		return fmt.Errorf("--concurrent must be from 0 to %d", mostConcurrent)
	case s.waitFirst < 0 || s.waitFirst > longestSeconds*time.Second:
		return fmt.Errorf("--wait-first must be from 0 to %d", longestSeconds)
	case s.mostRemembers < 0:
		return fmt.Errorf("--failures must be 0 or more")
	}
	return nil
}
