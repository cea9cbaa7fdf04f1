// A Node.js language host for the Pulumi engine, for machines without the official distribution.
//
// It starts Node on programs, policy packs and plugins written with @pulumi/pulumi and hands them
// the engine's own addresses, so whatever the SDK and the engine can do together works. It writes
// no code: the engine's requests to generate or pack an SDK are answered "unimplemented".
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// version is set by the linker to the engine's version.
var version = "0.0.0"

const (
	// engineCheck is how often the host asks whether its engine is still there.
	engineCheck = 30 * time.Second
	// maxMessage is the engine's own limit for a message, 400 MiB.
	maxMessage = 400 << 20
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs:", err)
		os.Exit(1)
	}
}

// engineAddress reads the command line. The engine also passes flags that only matter to hosts
// that trace themselves; they are accepted and left alone.
func engineAddress() string {
	for _, name := range []string{"tracing", "root", "runtime"} {
		flag.String(name, "", "accepted and not used")
	}
	tellVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *tellVersion {
		fmt.Println("v" + version)
		os.Exit(0)
	}
	return flag.Arg(0)
}

// serve answers the engine until the engine goes away or asks for the end by a signal.
func serve() error {
	engine := engineAddress()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessage))
	pulumirpc.RegisterLanguageRuntimeServer(server, newHost(ctx, engine))
	if engine != "" {
		if err := rpcutil.Healthcheck(ctx, engine, engineCheck, stop); err != nil {
			return fmt.Errorf("watching the engine at %s: %w", engine, err)
		}
	}
	context.AfterFunc(ctx, server.Stop)

	// The engine waits for this line.
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}
