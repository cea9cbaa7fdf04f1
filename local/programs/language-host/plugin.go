package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// policyPack is the kind of plugin by which the engine means a policy pack.
const policyPack = "analyzer"

type pluginStream = grpc.ServerStreamingServer[pulumirpc.RunPluginResponse]

// RunPlugin runs a component package or a policy pack, and streams what it prints to the engine.
func (h *host) RunPlugin(r *pulumirpc.RunPluginRequest, stream pluginStream) error {
	if r.GetAttachDebugger() {
		return errors.New("this language host cannot attach a debugger")
	}
	streams, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return err
	}
	defer streams.Close()

	ctx, cancel := untilEither(stream.Context(), h.ctx)
	defer cancel()
	run := runComponent
	if r.GetKind() == policyPack {
		run = runPolicyPack
	}
	code := 0
	if err := run(ctx, r, stdout, stderr); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return err
		}
		code = exit.ExitCode()
	}
	// What was printed goes before the exit code, after which the engine reads no more.
	if err := streams.Close(); err != nil {
		return err
	}
	return stream.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(code)},
	})
}

func runComponent(ctx context.Context, r *pulumirpc.RunPluginRequest, stdout, stderr io.Writer) error {
	args := append([]string{r.GetInfo().GetProgramDirectory()}, r.GetArgs()...)
	cmd, err := nodeCommand(ctx, r.GetInfo(), "run-plugin", args, r.GetEnv())
	if err != nil {
		return err
	}
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.GetPwd(), stdout, stderr
	return cmd.Run()
}

// runPolicyPack runs a pack in its own folder. The SDK's packs read the stack's configuration from
// the environment before they serve, while the engine tells it by a call: a proxy that takes this
// call for the pack stands between them.
func runPolicyPack(ctx context.Context, r *pulumirpc.RunPluginRequest, stdout, stderr io.Writer) error {
	proxy, stdout, err := sdk.NewPolicyProxy(ctx, stdout)
	if err != nil {
		return fmt.Errorf("starting the policy proxy: %w", err)
	}
	stack, err := proxy.AwaitConfiguration(ctx)
	if err != nil {
		return fmt.Errorf("waiting for the stack's configuration: %w", err)
	}
	cmd, err := startPolicyPack(ctx, r, stack, stdout, stderr)
	if err != nil {
		proxy.Abort(err) // The engine's calls wait for the pack.
		return err
	}
	return proxy.Attach(ctx, cmd)
}

func startPolicyPack(
	ctx context.Context, r *pulumirpc.RunPluginRequest, stack *pulumirpc.AnalyzerStackConfigureRequest,
	stdout, stderr io.Writer,
) (*exec.Cmd, error) {
	settings, err := policyEnvironment(stack)
	if err != nil {
		return nil, err
	}
	dir := r.GetInfo().GetProgramDirectory()
	args := append(append([]string{}, r.GetArgs()...), dir)
	cmd, err := nodeCommand(ctx, r.GetInfo(), "run-policy-pack", args, append(r.GetEnv(), settings...))
	if err != nil {
		return nil, err
	}
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, stdout, stderr
	return cmd, cmd.Start()
}

// policyEnvironment is what a policy pack reads of the stack it checks; nothing while publishing.
func policyEnvironment(stack *pulumirpc.AnalyzerStackConfigureRequest) ([]string, error) {
	if stack == nil {
		return nil, nil
	}
	values, err := json.Marshal(stack.GetConfig())
	if err != nil {
		return nil, err
	}
	return []string{
		"PULUMI_NODEJS_ORGANIZATION=" + stack.GetOrganization(),
		"PULUMI_NODEJS_PROJECT=" + stack.GetProject(),
		"PULUMI_NODEJS_STACK=" + stack.GetStack(),
		"PULUMI_NODEJS_DRY_RUN=" + strconv.FormatBool(stack.GetDryRun()),
		"PULUMI_CONFIG=" + string(values),
	}, nil
}
