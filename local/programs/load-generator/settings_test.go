package main

import (
	"errors"
	"io"
	"os"
	"testing"
)

func TestSettingsFrom(t *testing.T) {
	given, err := settingsFrom([]string{"--target=http://127.0.0.1:8080/", "--rate=100", "--seconds=2", "--timeout=3"})
	if err != nil {
		t.Fatal(err)
	}
	// As many as may be due while the first ones time out, and one second's more.
	if given.concurrent != 400 {
		t.Errorf("%d requests at once, want 400", given.concurrent)
	}
}

func TestSettingsFromRefuses(t *testing.T) {
	quiet(t)
	for _, one := range []struct {
		name      string
		arguments []string
	}{
		{"a rate of 0", []string{"--target=http://127.0.0.1/", "--seconds=1"}},
		{"a rate that is too high", []string{"--target=http://127.0.0.1/", "--seconds=1", "--rate=5001"}},
		{"no time", []string{"--target=http://127.0.0.1/", "--rate=1"}},
		{"another scheme", []string{"--target=https://127.0.0.1/", "--rate=1", "--seconds=1"}},
		{"a user", []string{"--target=http://me@127.0.0.1/", "--rate=1", "--seconds=1"}},
		{"TCP without a port", []string{"--target=tcp://127.0.0.1", "--rate=1", "--seconds=1"}},
		{"an unknown argument", []string{"--target=http://127.0.0.1/", "--rate=1", "--seconds=1", "more"}},
	} {
		if _, err := settingsFrom(one.arguments); err == nil {
			t.Errorf("%s is taken, want an error", one.name)
		}
	}
	_, err := settingsFrom([]string{"--target=http://192.0.2.1/", "--rate=1", "--seconds=1"})
	if !errors.Is(err, errPublic) {
		t.Errorf("a public target: %v, want %v", err, errPublic)
	}
}

// quiet keeps what the flags print out of the test's output.
func quiet(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = writer
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	t.Cleanup(func() {
		os.Stderr = before
		_ = writer.Close()
	})
}
