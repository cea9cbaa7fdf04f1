package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// serve answers until SIGTERM or SIGINT and tells the exit code.
func serve(arguments []string) int {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	chosen, err := settingsFrom(arguments)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	hostname, err := os.Hostname()
	if err != nil {
		return failed(err)
	}
	lines, err := net.Listen("tcp", chosen.tcp)
	if err != nil {
		return failed(err)
	}
	// A start that takes long, as that of large applications: some port is there before the application is.
	select {
	case <-time.After(chosen.start):
	case <-signals:
		return 0
	}
	web, err := net.Listen("tcp", chosen.http)
	if err != nil {
		return failed(err)
	}

	stopping := newDrain(chosen.limit)
	app := &application{hostname: hostname, drain: stopping}
	server := &http.Server{
		Handler:           app.routes(),
		ConnState:         stopping.follow,
		ReadHeaderTimeout: time.Minute,
		IdleTimeout:       6 * time.Minute, // Longer than load balancers keep a connection (350 s).
	}
	answering := newEcho(hostname, stopping)
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(web) }()
	go func() { ended <- answering.serve(lines) }()
	slog.Info("started", "hostname", hostname, "http", web.Addr().String(), "tcp", lines.Addr().String(), "drain", chosen.draining)

	var received os.Signal
	select {
	case err := <-ended:
		return failed(err)
	case received = <-signals:
	}
	if chosen.draining {
		stopping.begun.Store(true)
		web.Close()
		lines.Close()
	}
	slog.Info("told to stop", "signal", received.String(), "connections", stopping.count())
	if !chosen.draining {
		return 0
	}
	stopping.wait()
	server.Shutdown(context.Background())
	answering.shutdown()
	slog.Info("drained")
	return 0
}

func failed(err error) int {
	slog.Error("cannot go on", "reason", err.Error())
	return 1
}
