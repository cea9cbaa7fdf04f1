package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/google/shlex"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// grace is how long an interrupted Node has to end by itself.
const grace = 5 * time.Second

// nodeOptions are the options a Pulumi.yaml can give under runtime.options.
type nodeOptions struct {
	typescript     bool
	tsconfig       string
	nodeArgs       []string
	packageManager string
}

func readOptions(info *pulumirpc.ProgramInfo) (nodeOptions, error) {
	given := info.GetOptions().AsMap()
	var problems []error
	read := func(name string, into any) {
		value, ok := given[name]
		if !ok {
			return
		}
		switch target := into.(type) {
		case *bool:
			if *target, ok = value.(bool); !ok {
				problems = append(problems, fmt.Errorf("runtime option %q is %v, must be a boolean", name, value))
			}
		case *string:
			if *target, ok = value.(string); !ok {
				problems = append(problems, fmt.Errorf("runtime option %q is %v, must be a string", name, value))
			}
		}
	}

	options := nodeOptions{typescript: true, packageManager: "auto"}
	var words string
	read("typescript", &options.typescript)
	read("tsconfig", &options.tsconfig)
	read("packagemanager", &options.packageManager)
	read("nodeargs", &words)

	args, err := shlex.Split(words)
	if err != nil {
		problems = append(problems, fmt.Errorf("runtime option \"nodeargs\" is %q: %w", words, err))
	}
	options.nodeArgs = args
	return options, errors.Join(problems...)
}

// environment adds to env the switches that the Node SDK reads. Without them it leaves TypeScript
// to Node itself, which strips types.
func (o nodeOptions) environment(env []string) []string {
	if o.typescript {
		env = append(env, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if o.tsconfig != "" {
		env = append(env, "PULUMI_NODEJS_TSCONFIG_PATH="+o.tsconfig)
	}
	return env
}

// sdkScript finds one of the scripts of @pulumi/pulumi where Node would find it from dir.
func sdkScript(dir, name string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := start; ; at = filepath.Dir(at) {
		script := filepath.Join(at, "node_modules", "@pulumi", "pulumi", "cmd", name)
		if _, err := os.Stat(script); err == nil {
			return script, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf(
				"no package @pulumi/pulumi in node_modules of %s or above it; install the dependencies there, as with npm ci",
				start)
		}
	}
}

// nodeCommand prepares Node on one of the SDK's scripts. When ctx ends Node is interrupted, which
// lets it end well, and killed if it has not ended after the grace period.
func nodeCommand(
	ctx context.Context, info *pulumirpc.ProgramInfo, script string, args []string, env []string,
) (*exec.Cmd, error) {
	options, err := readOptions(info)
	if err != nil {
		return nil, err
	}
	path, err := sdkScript(info.GetProgramDirectory(), script)
	if err != nil {
		return nil, err
	}
	line := append(append(options.nodeArgs, path), args...)
	cmd := exec.CommandContext(ctx, "node", line...)
	cmd.Env = options.environment(env)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	return cmd, nil
}

// untilEither returns a context that ends with a or with b.
func untilEither(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return ctx, func() { stop(); cancel() }
}
