package main

import (
	"context"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"os"
	"sort"
	"strings"
	"sync"
	"time"

	texttemplate "text/template"
)

const (
	longestAnswer   = 64 * 1024
	backEndLimit    = 2 * time.Second
	askedOnBehalfOf = "Demo-Asked-By"
)

// oneConnectionEach opens a connection for every request, so that each one is balanced anew.
var oneConnectionEach = &http.Client{
	Transport:     &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// backEnd is a back end that the environment names, and what it answered.
type backEnd struct {
	Variable string
	URL      string
	Answer   string
	Failure  string
	address  string
}

// page is what "/" tells.
type page struct {
	Pod       string
	Address   string
	ReachedBy string
	AskedFrom string
	BackEnds  []backEnd
}

// backEndsIn finds the variables with a name like BACKEND_URL and the URL of an HTTP server as their value.
func backEndsIn(environment []string) []backEnd {
	var found []backEnd
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		address, err := url.Parse(value)
		if !strings.HasSuffix(name, "_URL") || err != nil || address.Host == "" {
			continue
		}
		if address.Scheme == "http" || address.Scheme == "https" {
			found = append(found, backEnd{Variable: name, URL: address.Redacted(), address: value})
		}
	}
	sort.Slice(found, func(a, b int) bool { return found[a].Variable < found[b].Variable })
	return found
}

// askAll asks every back end at the same time. Each request says on whose behalf it is sent, because the one that is
// asked so asks nobody: back ends that name each other would ask without end.
func askAll(ctx context.Context, hostname string, backEnds []backEnd) []backEnd {
	ctx, cancel := context.WithTimeout(ctx, backEndLimit)
	defer cancel()
	answered := append([]backEnd(nil), backEnds...)
	var all sync.WaitGroup
	for index := range answered {
		all.Go(func() { answered[index].ask(ctx, hostname) })
	}
	all.Wait()
	return answered
}

func (b *backEnd) ask(ctx context.Context, hostname string) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, b.address, nil)
	if err != nil {
		b.Failure = err.Error()
		return
	}
	request.Header.Set(askedOnBehalfOf, hostname)
	response, err := oneConnectionEach.Do(request)
	if err != nil {
		b.Failure = err.Error()
		return
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	switch {
	case err != nil:
		b.Failure = err.Error()
	case response.StatusCode != http.StatusOK:
		b.Failure = "answered " + response.Status
	default:
		b.Answer = strings.TrimSpace(string(body))
	}
}

// environmentBackEnds never changes while the application runs.
var environmentBackEnds = sync.OnceValue(func() []backEnd { return backEndsIn(os.Environ()) })

func indent(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

var plainPage = texttemplate.Must(texttemplate.New("plain").
	Funcs(texttemplate.FuncMap{"indent": indent}).
	Parse(`Pod:        {{.Pod}}
Address:    {{.Address}}
Reached by: {{.ReachedBy}}
Asked from: {{.AskedFrom}}
{{range .BackEnds}}
{{.Variable}} {{.URL}} {{if .Failure}}does not answer: {{.Failure}}{{else}}answers:
{{indent .Answer}}{{end}}
{{end}}`))

var htmlPage = template.Must(template.New("html").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.Pod}}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:44rem;padding:0 1rem}dt{color:#666}dd{margin:0 0 .6rem}pre{background:#f3f3f3;padding:.8rem;overflow:auto}</style>
<h1>{{.Pod}}</h1>
<dl>
<dt>Address of the Pod</dt><dd>{{.Address}}</dd>
<dt>Reached by the name</dt><dd>{{.ReachedBy}}</dd>
<dt>Asked from</dt><dd>{{.AskedFrom}}</dd>
</dl>
{{range .BackEnds}}<h2>{{.Variable}}</h2>
<p>{{.URL}} {{if .Failure}}does not answer: {{.Failure}}{{else}}answers:</p>
<pre>{{.Answer}}</pre>{{end}}
{{end}}</html>
`))
