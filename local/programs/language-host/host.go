package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// host answers the language protocol: proto/pulumi/language.proto of the engine's repository.
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	// ctx ends every Node process of this host when it ends.
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	engine string
}

func newHost(ctx context.Context, engine string) *host {
	ctx, cancel := context.WithCancel(ctx)
	return &host{ctx: ctx, cancel: cancel, engine: engine}
}

func (h *host) engineAddress() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.engine
}

// Handshake takes the engine's address from an engine that did not pass it on the command line.
func (h *host) Handshake(
	_ context.Context, r *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.engine = r.GetEngineAddress()
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// Cancel asks running programs to end; Run and RunPlugin return once they have.
func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.cancel()
	return &emptypb.Empty{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

// GetRequiredPackages names no package on purpose. Every resource says which provider version it
// wants when it is registered, and that one is then found or downloaded; a list taken from
// node_modules would make the engine download the providers of packages no program here uses.
func (h *host) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

func (h *host) RuntimeOptionsPrompts(
	context.Context, *pulumirpc.RuntimeOptionsRequest,
) (*pulumirpc.RuntimeOptionsResponse, error) {
	return &pulumirpc.RuntimeOptionsResponse{}, nil
}

func (h *host) Template(context.Context, *pulumirpc.TemplateRequest) (*pulumirpc.TemplateResponse, error) {
	return &pulumirpc.TemplateResponse{}, nil
}

// About tells `pulumi about` which Node runs programs.
func (h *host) About(ctx context.Context, _ *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("asking %s for its version: %w", node, err)
	}
	return &pulumirpc.AboutResponse{Executable: node, Version: strings.TrimSpace(string(out))}, nil
}

func packageManager(info *pulumirpc.ProgramInfo) (npm.PackageManagerType, error) {
	options, err := readOptions(info)
	return npm.PackageManagerType(options.packageManager), err
}

// GetProgramDependencies lists a program's packages for `pulumi about`.
func (h *host) GetProgramDependencies(
	ctx context.Context, r *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	dir := r.GetInfo().GetProgramDirectory()
	kind, err := packageManager(r.GetInfo())
	if err != nil {
		return nil, err
	}
	manager, err := npm.ResolvePackageManager(kind, dir)
	if err != nil {
		return nil, err
	}
	packages, err := manager.ListPackages(ctx, dir, r.GetTransitiveDependencies())
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, p := range packages {
		response.Dependencies = append(response.Dependencies,
			&pulumirpc.DependencyInfo{Name: p.Name, Version: p.Version})
	}
	return response, nil
}

// InstallDependencies does what `pulumi install` asks for.
func (h *host) InstallDependencies(
	r *pulumirpc.InstallDependenciesRequest,
	stream grpc.ServerStreamingServer[pulumirpc.InstallDependenciesResponse],
) error {
	kind, err := packageManager(r.GetInfo())
	if err != nil {
		return err
	}
	streams, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(stream, r.GetIsTerminal())
	if err != nil {
		return err
	}
	defer streams.Close()
	_, err = npm.Install(stream.Context(), kind, r.GetInfo().GetProgramDirectory(), false, stdout, stderr)
	if err != nil {
		return err
	}
	return streams.Close()
}
