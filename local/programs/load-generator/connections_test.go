package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

// server of one test. It hands each request to answerWith, with its number on its connection.
type server struct {
	net.Listener
	requests atomic.Int64
}

func serve(t *testing.T, answerWith func(number int, on net.Conn)) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	made := &server{Listener: listener}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			accepted, err := listener.Accept()
			if err != nil {
				return
			}
			go made.answer(accepted, answerWith)
		}
	}()
	return made
}

func (s *server) answer(accepted net.Conn, answerWith func(number int, on net.Conn)) {
	defer accepted.Close()
	reader := bufio.NewReader(accepted)
	for number := 1; ; number++ {
		if _, err := http.ReadRequest(reader); err != nil {
			return
		}
		s.requests.Add(1)
		answerWith(number, accepted)
	}
}

// senderTo sends to a server, one request whenever it is asked to.
func senderTo(s *server, keep int, from ...netip.Addr) *sender {
	target := &url.URL{Scheme: "http", Host: s.Addr().String(), Path: "/"}
	return newSender(settings{
		target: target, rate: 1, keep: keep, concurrent: 1, timeout: time.Minute, localAddress: from,
	})
}

// askTimes sends requests one after the other.
func askTimes(s *sender, times int) []outcome {
	outcomes := []outcome{}
	for range times {
		result, used, reusable := s.try(1)
		if used != nil {
			s.connections.put(used, reusable)
		}
		outcomes = append(outcomes, result)
	}
	return outcomes
}

func localAddresses(outcomes []outcome) []string {
	addresses := []string{}
	for _, one := range outcomes {
		addresses = append(addresses, one.local)
	}
	return addresses
}

func failures(outcomes []outcome) []string {
	failed := []string{}
	for number, one := range outcomes {
		if one.err != nil {
			failed = append(failed, fmt.Sprintf("%d %s", number, classOf(one.err)))
		}
	}
	return failed
}

func TestUsesKeptConnectionsInTurn(t *testing.T) {
	keeping := senderTo(serve(t, func(_ int, on net.Conn) { fmt.Fprint(on, answer) }), 5)

	outcomes := askTimes(keeping, 10)

	if got := failures(outcomes); len(got) > 0 {
		t.Errorf("failed: %v", got)
	}
	if keeping.connections.opened != 5 {
		t.Errorf("opened %d connections, want 5", keeping.connections.opened)
	}
	local := localAddresses(outcomes)
	if !slices.Equal(local[:5], local[5:]) {
		t.Errorf("sent from %v and then from %v, want the same in turn", local[:5], local[5:])
	}
}

func TestOpensAnotherConnectionWhenAKeptOneWasClosedWhileIdle(t *testing.T) {
	keeping := senderTo(serve(t, func(_ int, on net.Conn) {
		fmt.Fprint(on, answer)
		on.Close()
	}), 1)

	for range 3 {
		outcomes := askTimes(keeping, 1)
		if got := failures(outcomes); len(got) > 0 || !outcomes[0].newConnection {
			t.Errorf("failed: %v, on a new connection: %t", got, outcomes[0].newConnection)
		}
		for _, kept := range keeping.connections.idle {
			awaitClosed(t, kept.Conn)
		}
	}

	if keeping.connections.opened != 3 || keeping.connections.closedWhileIdle != 2 {
		t.Errorf("opened %d and found %d closed, want 3 and 2",
			keeping.connections.opened, keeping.connections.closedWhileIdle)
	}
}

// awaitClosed returns when the end of a connection has come, and leaves it there to be read.
func awaitClosed(t *testing.T, idle net.Conn) {
	t.Helper()
	idle.SetDeadline(time.Now().Add(time.Minute))
	raw, err := idle.(syscall.Conn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	err = raw.Read(func(descriptor uintptr) bool {
		var peeked [1]byte
		_, _, failure := syscall.Recvfrom(int(descriptor), peeked[:], syscall.MSG_PEEK)
		return failure != syscall.EAGAIN
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSendsNoRequestTwiceWhenAKeptConnectionClosesUnderIt(t *testing.T) {
	closing := serve(t, func(number int, on net.Conn) {
		if number == 1 {
			fmt.Fprint(on, answer)
			return
		}
		on.Close()
	})
	keeping := senderTo(closing, 1)

	outcomes := askTimes(keeping, 4)

	if got, want := failures(outcomes), []string{"1 closed", "3 closed"}; !slices.Equal(got, want) {
		t.Errorf("failed: %v, want %v", got, want)
	}
	for number, one := range outcomes {
		if one.newConnection != (one.err == nil) {
			t.Errorf("request %d was on a new connection: %t", number, one.newConnection)
		}
	}
	if got := closing.requests.Load(); got != 4 {
		t.Errorf("%d requests came, want 4", got)
	}
}

// A local port that is taken leads to another port, but not to another address.
func TestSendsFromEachAddressInTurn(t *testing.T) {
	two := []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("127.0.0.3")}
	answering := serve(t, func(_ int, on net.Conn) { fmt.Fprint(on, answer) })
	sending := senderTo(answering, 0, two...)
	ports := sending.connections.ports
	taken, err := net.Listen("tcp", fmt.Sprintf("0.0.0.0:%d", ports.at(ports.turn.Load()+1, 0)))
	if err != nil {
		t.Skip(err)
	}
	defer taken.Close()

	outcomes := askTimes(sending, 4)

	if got := failures(outcomes); len(got) > 0 {
		t.Errorf("failed: %v", got)
	}
	hosts := []string{}
	for _, one := range outcomes {
		hosts = append(hosts, netip.MustParseAddrPort(one.local).Addr().String())
	}
	if hosts[0] == hosts[1] || hosts[0] != hosts[2] || hosts[1] != hosts[3] {
		t.Errorf("sent from %v, want the two addresses in turn", hosts)
	}
}
