package com.peerllm.host.localapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What another computer can reach, from lists of interfaces as such computers have them. */
class ReachableAddressesTest {

    record Computer(String is, List<NetworkCard> cards, List<String> reachableAt) {
        @Override
        public String toString() {
            return is;
        }
    }

    static Stream<Computer> computers() {
        return Stream.of(
                computer(
                        "Linux with Docker, libvirt and WireGuard",
                        List.of("http://192.168.178.23:11435/v1", "http://[2001:db8:5::23]:11435/v1"),
                        loopback("lo"),
                        card("enp5s0", "enp5s0", "192.168.178.23", "2001:db8:5::23"),
                        card("docker0", "docker0", "172.17.0.1"),
                        card("br-8f3a1c22d0b1", "br-8f3a1c22d0b1", "172.18.0.1"),
                        card("veth3a1b2c3", "veth3a1b2c3", "169.254.12.3"),
                        card("virbr0", "virbr0", "192.168.122.1"),
                        pointToPoint("wg0", "10.8.0.2")),
                computer(
                        "Windows with WSL, Hyper-V, VirtualBox and a VPN",
                        List.of("http://192.168.1.40:11435/v1"),
                        loopback("lo"),
                        card("eth3", "Intel(R) Ethernet Connection I219-V", "192.168.1.40"),
                        card("eth5", "Hyper-V Virtual Ethernet Adapter", "172.29.176.1"),
                        card("eth7", "Hyper-V Virtual Ethernet Adapter #2", "172.20.0.1"),
                        card("eth9", "VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"),
                        card("net4", "TAP-Windows Adapter V9", "10.9.0.6"),
                        card("wlan1", "Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"),
                        card("eth11", "Bluetooth Device (Personal Area Network)", "169.254.9.9")),
                computer(
                        "Windows and Linux as guests of a virtual machine",
                        List.of("http://192.168.1.60:11435/v1", "http://192.168.1.61:11435/v1"),
                        card("eth0", "Microsoft Hyper-V Network Adapter", "192.168.1.60"),
                        card("eth1", "Red Hat VirtIO Ethernet Adapter", "192.168.1.61")),
                computer(
                        "a Linux server whose card is in a bridge",
                        List.of("http://10.20.0.4:11435/v1"),
                        card("eno1", "eno1"),
                        card("br0", "br0", "10.20.0.4"),
                        card("vnet3", "vnet3", "fe80::fc54:ff:fe00:1")),
                computer(
                        "a Mac on Wi-Fi with a VPN and a shared Internet bridge",
                        List.of("http://10.0.1.5:11435/v1"),
                        loopback("lo0"),
                        card("en0", "en0", "fe80::8d1:1ff:fe22:3344", "10.0.1.5"),
                        card("awdl0", "awdl0", "fe80::1"),
                        card("llw0", "llw0", "fe80::2"),
                        pointToPoint("utun3", "100.64.0.7"),
                        card("bridge100", "bridge100", "192.168.64.1")),
                computer(
                        "Wi-Fi and cable, and a card that found no router",
                        List.of(
                                "http://192.168.0.10:11435/v1",
                                "http://192.168.0.11:11435/v1",
                                "http://203.0.113.9:11435/v1",
                                "http://169.254.77.1:11435/v1"),
                        card("eth1", "eth1", "169.254.77.1"),
                        card("wlp3s0", "wlp3s0", "192.168.0.10"),
                        card("ppsrv0", "Leased line", "203.0.113.9"),
                        card("enp0s31f6", "enp0s31f6", "192.168.0.11")),
                computer(
                        "no network but containers",
                        List.of(),
                        loopback("lo"),
                        card("docker0", "docker0", "172.17.0.1"),
                        down("eth0", "192.168.1.2")));
    }

    @ParameterizedTest
    @MethodSource("computers")
    void tellsOnlyAddressesThatOthersCanReach(Computer computer) {
        List<String> addresses = LocalApiAddresses.of(11435, computer.cards());

        assertThat(addresses.getFirst()).isEqualTo("http://127.0.0.1:11435/v1");
        assertThat(addresses.subList(1, addresses.size())).isEqualTo(computer.reachableAt());
    }

    private static Computer computer(String is, List<String> reachableAt, NetworkCard... cards) {
        return new Computer(is, List.of(cards), reachableAt);
    }

    private static NetworkCard card(String name, String shown, String... addresses) {
        return new NetworkCard(name, shown, true, false, false, false, addresses(addresses));
    }

    private static NetworkCard down(String name, String... addresses) {
        return new NetworkCard(name, name, false, false, false, false, addresses(addresses));
    }

    private static NetworkCard loopback(String name) {
        return new NetworkCard(name, name, true, true, false, false, addresses("127.0.0.1", "::1"));
    }

    private static NetworkCard pointToPoint(String name, String... addresses) {
        return new NetworkCard(name, name, true, false, false, true, addresses(addresses));
    }

    private static List<InetAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(ReachableAddressesTest::address).toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(text, e);
        }
    }
}
