package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

func infoOf(t *testing.T, options map[string]any) *pulumirpc.ProgramInfo {
	given, err := structpb.NewStruct(options)
	if err != nil {
		t.Fatal(err)
	}
	return &pulumirpc.ProgramInfo{Options: given}
}

func TestReadOptions(t *testing.T) {
	options, err := readOptions(infoOf(t, map[string]any{"typescript": false, "nodeargs": "--a 'b c'"}))
	if err != nil {
		t.Fatal(err)
	}
	if options.typescript || !slices.Equal(options.nodeArgs, []string{"--a", "b c"}) {
		t.Errorf("options are %+v", options)
	}
	if defaults, _ := readOptions(infoOf(t, nil)); !defaults.typescript || defaults.packageManager != "auto" {
		t.Errorf("the defaults are %+v", defaults)
	}
}

func TestReadOptionsReportsAllProblems(t *testing.T) {
	_, err := readOptions(infoOf(t, map[string]any{"typescript": "yes", "tsconfig": 1.0, "nodeargs": "'"}))
	for _, name := range []string{"typescript", "tsconfig", "nodeargs"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}

func TestSdkScript(t *testing.T) {
	root := t.TempDir()
	script := filepath.Join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run")
	below := filepath.Join(root, "a", "b")
	for _, folder := range []string{filepath.Dir(script), below} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sdkScript(below, "run"); err == nil || !strings.Contains(err.Error(), "npm ci") {
		t.Errorf("%v does not say how to install the package", err)
	}
	if err := os.WriteFile(script, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := sdkScript(below, "run"); err != nil || found != script {
		t.Errorf("%q and %v, want %q", found, err, script)
	}
}
