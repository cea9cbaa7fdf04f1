package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// alreadyReported is the exit code by which the Node SDK says that it has shown the error itself.
const alreadyReported = 32

// Run runs a program to its end. What it prints goes to this process's own output, which the
// engine shows as the stack's messages.
func (h *host) Run(ctx context.Context, r *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	if r.GetAttachDebugger() {
		return failed(errors.New("this language host cannot attach a debugger; pass --inspect-brk in runtime option nodeargs")), nil
	}
	settings, err := configuration(r)
	if err != nil {
		return failed(err), nil
	}

	ctx, cancel := untilEither(ctx, h.ctx)
	defer cancel()
	cmd, err := nodeCommand(ctx, r.GetInfo(), "run", h.runArguments(r), append(os.Environ(), settings...))
	if err != nil {
		return failed(err), nil
	}
	cmd.Dir = r.GetPwd()
	// Node makes the pipes it inherits non-blocking, for this process as well. Wrapped writers
	// are no files to os/exec, so Node gets pipes of its own.
	cmd.Stdout, cmd.Stderr = struct{ io.Writer }{os.Stdout}, struct{ io.Writer }{os.Stderr}
	return outcome(ctx, cmd.Run()), nil
}

func failed(err error) *pulumirpc.RunResponse { return &pulumirpc.RunResponse{Error: err.Error()} }

// outcome says in the engine's words how Node ended.
func outcome(ctx context.Context, err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case ctx.Err() != nil:
		return failed(errors.New("the program was canceled"))
	case !errors.As(err, &exit):
		return failed(fmt.Errorf("could not run the program: %w", err))
	case exit.ExitCode() == alreadyReported:
		return &pulumirpc.RunResponse{Bail: true}
	default:
		return failed(fmt.Errorf("the program ended with %s", exit.ProcessState))
	}
}

// runArguments are the arguments of the SDK's run script.
func (h *host) runArguments(r *pulumirpc.RunRequest) []string {
	info := r.GetInfo()
	var args []string
	add := func(name, value string) {
		if value != "" {
			args = append(args, "--"+name, value)
		}
	}
	add("monitor", r.GetMonitorAddress())
	add("engine", h.engineAddress())
	add("organization", r.GetOrganization())
	add("project", r.GetProject())
	add("root-directory", info.GetRootDirectory())
	add("stack", r.GetStack())
	add("pwd", info.GetProgramDirectory())
	add("parallel", strconv.Itoa(int(r.GetParallel())))
	if r.GetDryRun() {
		args = append(args, "--dry-run")
	}
	return append(append(args, info.GetEntryPoint()), r.GetArgs()...)
}

// configuration is the stack's configuration as the SDK reads it from the environment.
func configuration(r *pulumirpc.RunRequest) ([]string, error) {
	values := map[string]string{}
	for name, value := range r.GetConfig() {
		key, err := config.ParseKey(name)
		if err != nil {
			return nil, fmt.Errorf("configuration key %q: %w", name, err)
		}
		values[key.Namespace()+":config:"+key.Name()] = value
	}
	all, err := json.Marshal(values)
	if err != nil {
		return nil, err
	}
	secrets, err := json.Marshal(append([]string{}, r.GetConfigSecretKeys()...))
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(all), "PULUMI_CONFIG_SECRET_KEYS=" + string(secrets)}, nil
}
