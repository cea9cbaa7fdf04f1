// Package host has what language hosts of the Pulumi engine have in common, for machines without the official
// distribution: a server that ends with its engine, and the generation of SDKs by Pulumi's own generators.
package host

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// engineCheck is how often a host asks whether its engine is still there.
const engineCheck = 30 * time.Second

// Generate makes the files of a package's SDK.
type Generate func(pkg *schema.Package, loader schema.ReferenceLoader) (map[string][]byte, error)

// Host answers what is the same in every language: proto/pulumi/language.proto of the engine's repository.
type Host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	generate Generate

	mu     sync.Mutex
	engine string
}

// New makes the common part of a host.
func New(generate Generate) *Host { return &Host{generate: generate} }

// Engine is the engine's address.
func (h *Host) Engine() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.engine
}

func (h *Host) setEngine(address string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.engine = address
}

// Handshake takes the engine's address from an engine that did not pass it on the command line.
func (h *Host) Handshake(
	_ context.Context, r *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.setEngine(r.GetEngineAddress())
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo tells no version: the host is built for the engine beside it.
func (h *Host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{}, nil
}

// GetRequiredPackages names no package: every resource says which provider it wants when it is registered.
func (h *Host) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

// RuntimeOptionsPrompts asks for no option.
func (h *Host) RuntimeOptionsPrompts(
	context.Context, *pulumirpc.RuntimeOptionsRequest,
) (*pulumirpc.RuntimeOptionsResponse, error) {
	return &pulumirpc.RuntimeOptionsResponse{}, nil
}

// GeneratePackage writes the SDK of a package into a folder.
func (h *Host) GeneratePackage(
	_ context.Context, r *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(r.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(r.GetSchema()), &spec); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	pkg, problems, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, fmt.Errorf("binding the schema: %w", err)
	}
	response := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(problems)}
	if problems.HasErrors() {
		return response, nil
	}
	files, err := h.generate(pkg, schema.NewCachedLoader(loader))
	if err != nil {
		return nil, err
	}
	return response, write(r.GetDirectory(), files)
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Serve answers the engine until the engine goes away or asks for the end by a signal.
func Serve(name string, common *Host, server pulumirpc.LanguageRuntimeServer) {
	if err := serve(common, server); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %s\n", name, err)
		os.Exit(1)
	}
}

func serve(common *Host, server pulumirpc.LanguageRuntimeServer) error {
	for _, name := range []string{"tracing", "root", "runtime"} {
		flag.String(name, "", "accepted and not used")
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if engine := flag.Arg(0); engine != "" {
		common.setEngine(engine)
		if err := rpcutil.Healthcheck(ctx, engine, engineCheck, stop); err != nil {
			return fmt.Errorf("watching the engine at %s: %w", engine, err)
		}
	}
	canceled := make(chan bool)
	context.AfterFunc(ctx, func() { close(canceled) })
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: canceled,
		Init: func(s *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(s, server)
			return nil
		},
	})
	if err != nil {
		return err
	}

	// The engine waits for this line.
	fmt.Println(handle.Port)
	return <-handle.Done
}
