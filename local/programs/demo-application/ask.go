package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

// question is one request to be sent from inside a Pod.
type question struct {
	target string
	tcp    bool
	post   bool
	host   string
	limit  time.Duration
}

// ask sends one request and prints its answer. It tells 0 when the answer is a good one, 1 when there is none or another,
// 2 when it was called wrongly.
func ask(arguments []string) int {
	var asked question
	flags := flag.NewFlagSet("ask", flag.ContinueOnError)
	flags.BoolVar(&asked.tcp, "tcp", false, "send one line to HOST:PORT instead of a request to a URL")
	flags.BoolVar(&asked.post, "post", false, "send POST instead of GET")
	flags.StringVar(&asked.host, "host", "", "the Host header, where it is not that of the URL")
	seconds := flags.Float64("seconds", 5, "how long the answer may take")
	if err := flags.Parse(arguments); err != nil || flags.NArg() != 1 {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	asked.target = flags.Arg(0)
	asked.limit = time.Duration(*seconds * float64(time.Second))

	answer := asked.overHTTP
	if asked.tcp {
		answer = asked.overTCP
	}
	text, err := answer()
	fmt.Print(text)
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", asked.target, err)
		return 1
	}
	return 0
}

func (asked question) overHTTP() (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), asked.limit)
	defer cancel()
	method := http.MethodGet
	if asked.post {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(ctx, method, asked.target, nil)
	if err != nil {
		return "", err
	}
	request.Host = asked.host

	response, err := oneConnectionEach.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("answered %s", response.Status)
	}
	return string(body), err
}

func (asked question) overTCP() (string, error) {
	connection, err := net.DialTimeout("tcp", asked.target, asked.limit)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(asked.limit)); err != nil {
		return "", err
	}
	if _, err := fmt.Fprintln(connection, "hello"); err != nil {
		return "", err
	}
	return bufio.NewReader(connection).ReadString('\n')
}
