package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const longestSlowSeconds = 300

// application answers requests over HTTP.
type application struct {
	hostname string
	drain    *drain
	unready  atomic.Bool
}

func (a *application) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", a.page)
	mux.HandleFunc("GET /hostname", func(w http.ResponseWriter, _ *http.Request) { a.answer(w, http.StatusOK, a.hostname) })
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { a.answer(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", a.readiness)
	mux.HandleFunc("GET /slow", a.slow)
	mux.HandleFunc("POST /ready", func(w http.ResponseWriter, r *http.Request) { a.makeUnready(w, r, false) })
	mux.HandleFunc("POST /unready", func(w http.ResponseWriter, r *http.Request) { a.makeUnready(w, r, true) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.sayWhenLast(w)
		mux.ServeHTTP(w, r)
	})
}

// sayWhenLast tells the client that its connection ends with this answer.
func (a *application) sayWhenLast(w http.ResponseWriter) {
	if a.drain.begun.Load() {
		w.Header().Set("Connection", "close")
	}
}

func (a *application) answer(w http.ResponseWriter, status int, text string) {
	a.sayWhenLast(w) // Again: SIGTERM may have come since the request did.
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, text+"\n")
}

func (a *application) readiness(w http.ResponseWriter, _ *http.Request) {
	switch {
	case a.drain.begun.Load():
		a.answer(w, http.StatusServiceUnavailable, "stopping")
	case a.unready.Load():
		a.answer(w, http.StatusServiceUnavailable, "made unready")
	default:
		a.answer(w, http.StatusOK, "ok")
	}
}

// makeUnready is for whoever may run a command in the Pod, or forward a port to it, and for no one else.
func (a *application) makeUnready(w http.ResponseWriter, r *http.Request, unready bool) {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		a.answer(w, http.StatusForbidden, "only from inside the Pod")
		return
	}
	if a.unready.Swap(unready) != unready {
		slog.Info("readiness changed", "ready", !unready)
	}
	a.answer(w, http.StatusOK, "ok")
}

func (a *application) slow(w http.ResponseWriter, r *http.Request) {
	seconds, err := strconv.ParseFloat(r.URL.Query().Get("seconds"), 64)
	if err != nil || !(seconds >= 0 && seconds <= longestSlowSeconds) {
		a.answer(w, http.StatusBadRequest, fmt.Sprintf("seconds must be a number from 0 to %d", longestSlowSeconds))
		return
	}
	select {
	case <-time.After(time.Duration(seconds * float64(time.Second))):
		a.answer(w, http.StatusOK, a.hostname)
	case <-r.Context().Done():
	}
}

func (a *application) page(w http.ResponseWriter, r *http.Request) {
	told := page{Pod: a.hostname, ReachedBy: r.Host, AskedFrom: r.RemoteAddr}
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		told.Address = local.String()
	}
	if r.Header.Get(askedOnBehalfOf) == "" {
		told.BackEnds = askAll(r.Context(), a.hostname, environmentBackEnds())
	}
	a.sayWhenLast(w)
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		htmlPage.Execute(w, told)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	plainPage.Execute(w, told)
}
