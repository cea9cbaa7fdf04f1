package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const longestAnswer = 1 << 20

// statusError is an answer that is not a good one.
type statusError struct{ status string }

func (e *statusError) Error() string { return "answered " + e.status }

// exchange sends one request and takes its answer. It tells whether the connection can be used again.
type exchange func(on *connection, sequence uint64) (reusable bool, err error)

// overHTTP sends GET. Where nothing is kept it says so, and the server closes first, which leaves no ports waiting here.
func overHTTP(chosen settings) (exchange, error) {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, chosen.target.String(), nil)
	if err != nil {
		return nil, err
	}
	if chosen.host != "" {
		request.Host = chosen.host
	}
	request.Close = chosen.keep == 0
	request.Header.Set("User-Agent", "load-generator")
	return func(on *connection, _ uint64) (bool, error) {
		if err := request.Write(on); err != nil {
			return false, err
		}
		response, err := http.ReadResponse(on.reader, request)
		if err != nil {
			return false, err
		}
		length, err := io.Copy(io.Discard, io.LimitReader(response.Body, longestAnswer+1))
		if err != nil {
			return false, err
		}
		if length > longestAnswer {
			return false, fmt.Errorf("the answer is longer than %d bytes", longestAnswer)
		}
		if response.StatusCode != http.StatusOK {
			err = &statusError{response.Status}
		}
		return !response.Close, err
	}, nil
}

// overTCP sends one line, which must come back at the end of the line that is the answer.
func overTCP(on *connection, sequence uint64) (bool, error) {
	sent := fmt.Sprintf("request %d\n", sequence)
	if _, err := io.WriteString(on, sent); err != nil {
		return false, err
	}
	answer, err := on.reader.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return false, fmt.Errorf("the answer is longer than a line")
	}
	if err != nil {
		return false, err
	}
	if !strings.HasSuffix(string(answer), sent) {
		return false, fmt.Errorf("the answer is %q", answer)
	}
	return true, nil
}

// awaitEnd waits a moment for the server to close first, so that the port is not left in TIME-WAIT here.
func awaitEnd(on *connection) {
	on.SetDeadline(time.Now().Add(time.Second))
	on.reader.ReadByte()
}
