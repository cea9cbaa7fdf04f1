package main

import (
	"testing"
	"time"
)

func TestSettingsFrom(t *testing.T) {
	t.Setenv("DRAIN", "off")
	t.Setenv("DRAIN_SECONDS", "0.5")
	t.Setenv("HTTP_ADDRESS", ":1")
	given, err := settingsFrom([]string{"--tcp=:2"})
	if err != nil {
		t.Fatal(err)
	}
	want := settings{http: ":1", tcp: ":2", draining: false, limit: 500 * time.Millisecond}
	if given != want {
		t.Errorf("settings are %+v, want %+v", given, want)
	}
}

func TestSettingsFromRefuses(t *testing.T) {
	for _, one := range []struct{ variable, value, want string }{
		{"DRAIN", "yes", `DRAIN is "yes", must be on or off`},
		{"DRAIN_SECONDS", "-1", `DRAIN_SECONDS is "-1", must be a number from 0 to 300`},
		{"START_SECONDS", "NaN", `START_SECONDS is "NaN", must be a number from 0 to 300`},
	} {
		t.Run(one.variable, func(t *testing.T) {
			t.Setenv(one.variable, one.value)
			if _, err := settingsFrom(nil); err == nil || err.Error() != one.want {
				t.Errorf("%v, want %s", err, one.want)
			}
		})
	}
}
