// A language host that generates Go SDKs. It runs no programs.
package main

import (
	"local/pulumi-languages/host"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const name = "pulumi-language-go"

func main() {
	server := host.New(func(pkg *schema.Package, _ schema.ReferenceLoader) (map[string][]byte, error) {
		return golang.GeneratePackage(name, pkg, nil)
	})
	host.Serve(name, server, server)
}
