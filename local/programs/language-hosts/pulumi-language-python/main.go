// A language host that runs Python programs and generates Python SDKs.
package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"local/pulumi-languages/host"

	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const name = "pulumi-language-python"

// run is the script that starts a program.
//
//go:embed run.py
var run string

type pythonHost struct{ *host.Host }

func main() {
	common := host.New(func(pkg *schema.Package, loader schema.ReferenceLoader) (map[string][]byte, error) {
		return python.GeneratePackage(name, pkg, nil, loader)
	})
	host.Serve(name, common, pythonHost{common})
}

// settings are what the script reads, by the names of pulumi.runtime.Settings.
type settings struct {
	Monitor      string `json:"monitor"`
	Engine       string `json:"engine"`
	Project      string `json:"project"`
	Stack        string `json:"stack"`
	Parallel     int32  `json:"parallel"`
	DryRun       bool   `json:"dry_run"`
	Organization string `json:"organization"`
	Root         string `json:"root_directory"`
}

// Run runs a program to its end. What it prints goes to this process's own output, which the engine shows.
func (h pythonHost) Run(ctx context.Context, r *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	info := r.GetInfo()
	given, err := json.Marshal(settings{
		r.GetMonitorAddress(), h.Engine(), r.GetProject(), r.GetStack(), r.GetParallel(), r.GetDryRun(),
		r.GetOrganization(), info.GetRootDirectory(),
	})
	if err != nil {
		return nil, err
	}
	environment, err := configuration(r)
	if err != nil {
		return nil, err
	}
	program := filepath.Join(info.GetProgramDirectory(), info.GetEntryPoint())
	cmd := exec.CommandContext(ctx, interpreter(info), "-c", run, string(given), program)
	cmd.Dir = r.GetPwd()
	cmd.Env = append(os.Environ(), environment...)
	cmd.Stdout, cmd.Stderr = struct{ io.Writer }{os.Stdout}, struct{ io.Writer }{os.Stderr}
	var exit *exec.ExitError
	switch err := cmd.Run(); {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with %s", exit.ProcessState)}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("could not run the program: %s", err)}, nil
	}
}

// interpreter is the Python of the virtual environment that Pulumi.yaml names, or the one on PATH.
func interpreter(info *pulumirpc.ProgramInfo) string {
	environment, ok := info.GetOptions().AsMap()["virtualenv"].(string)
	if !ok {
		return "python3"
	}
	if !filepath.IsAbs(environment) {
		environment = filepath.Join(info.GetRootDirectory(), environment)
	}
	return filepath.Join(environment, "bin", "python")
}

// configuration is the stack's configuration as the SDK reads it from the environment.
func configuration(r *pulumirpc.RunRequest) ([]string, error) {
	given := r.GetConfig()
	if given == nil {
		given = map[string]string{} // The SDK reads an object.
	}
	values, err := json.Marshal(given)
	if err != nil {
		return nil, err
	}
	secrets, err := json.Marshal(append([]string{}, r.GetConfigSecretKeys()...))
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(values), "PULUMI_CONFIG_SECRET_KEYS=" + string(secrets)}, nil
}
