package com.peerllm.benchmarks.load;

import com.peerllm.endtoend.network.LocalNetwork;
import com.peerllm.endtoend.network.NetworkFolder;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.shared.money.Credits;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one figure is measured on: a real orchestrator, and mocks for all else, each in a process of its own. This process makes
 * the load.
 */
final class Rig implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(8);
    private static final Pattern PORTS = Pattern.compile("Ports (\\d+) (\\d+)");
    private static final Pattern CONNECTED = Pattern.compile("Connected (\\d+)");

    private final Path folder = Files.createTempDirectory("peerllm-load-");
    private final Installation installation = Installation.current();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private final LocalNetwork network;
    private final String key;
    private int children;

    /** Starts the orchestrator. The heap is large enough for 10,000 hosts; the collector is the launcher's. */
    Rig() throws IOException {
        stops.push(this::deleteFolder);
        stops.push(() -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        network = LocalNetwork.start(
                installation, NetworkFolder.forLongRun(folder).with("_JAVA_OPTIONS", "-Xmx1g"));
        stops.push(network::close);
        key = network.newKey("load", Credits.ofDollars(1_000_000));
    }

    /** Starts a process of so many mock hosts and waits until all are connected. */
    void hosts(int count, int slots, int resetAfterTokens) {
        Child hosts = sibling(
                MockHosts.class,
                "--url",
                network.orchestrator().hostUrl(),
                "--hosts",
                Integer.toString(count),
                "--slots",
                Integer.toString(slots),
                "--reset-after",
                Integer.toString(resetAfterTokens));
        hosts.awaitLine(CONNECTED, LONGEST_START);
    }

    /** The way that is measured. */
    ConsumerConnection.Target network() {
        return new ConsumerConnection.Target("PeerLLM", network.orchestrator().port(), key);
    }

    /** The mock engine asked directly, then the same through nginx where there is one. */
    List<ConsumerConnection.Target> floors() throws IOException {
        Matcher ports = direct();
        int port = Integer.parseInt(ports.group(1));
        List<ConsumerConnection.Target> floors = new ArrayList<>();
        floors.add(new ConsumerConnection.Target("direct", port, ""));
        Nginx.start(installation.home(), folder, port).ifPresent(nginx -> {
            stops.push(nginx::close);
            floors.add(new ConsumerConnection.Target("nginx", nginx.port(), ""));
        });
        return floors;
    }

    /** The port of a plain TCP echo. */
    int echoPort() {
        return Integer.parseInt(direct().group(2));
    }

    private Matcher direct() {
        return sibling(DirectServer.class).awaitLine(PORTS, LONGEST_START);
    }

    private Child sibling(Class<?> program, String... arguments) {
        String name = program.getSimpleName() + "-" + ++children;
        Child child = Child.start(
                name,
                installation.sibling(program.getName(), List.of("-Xmx1g"), List.of(arguments)),
                folder,
                Map.of(),
                folder.resolve(name + ".log"));
        stops.push(() -> child.stop(Duration.ofSeconds(5)));
        return child;
    }

    ConsumerConnection connect(ConsumerConnection.Target target) {
        return new ConsumerConnection(target, loop.next());
    }

    EventLoopGroup loop() {
        return loop;
    }

    LinuxProcess orchestrator() {
        return new LinuxProcess(network.orchestrator().process().handle().pid());
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        } catch (IOException e) {
            System.out.println("The folder " + folder + " could not be deleted; delete it by hand.");
        }
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) stops.pop().run();
    }
}
