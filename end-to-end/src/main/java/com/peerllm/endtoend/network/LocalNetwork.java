package com.peerllm.endtoend.network;

import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.process.Child;
import com.peerllm.endtoend.process.Installation;
import com.peerllm.endtoend.process.ProgramException;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A whole network on this computer, of real processes that speak over real sockets: an orchestrator on a free port and any
 * number of hosts. They all end when this is closed, and by themselves when this process dies.
 */
public final class LocalNetwork implements AutoCloseable {
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Installation installation;
    private final NetworkFolder folder;
    private final LocalOrchestrator orchestrator;
    private final List<LocalHost> hosts = new CopyOnWriteArrayList<>();

    private LocalNetwork(Installation installation, NetworkFolder folder, LocalOrchestrator orchestrator) {
        this.installation = installation;
        this.folder = folder;
        this.orchestrator = orchestrator;
    }

    /**
     * Starts the orchestrator; hosts come with {@link #startHost}.
     *
     * @param orchestratorArguments on top of the data folder and the port
     * @throws ProgramException when it does not start; the message has the end of its log
     */
    public static LocalNetwork start(Installation installation, NetworkFolder folder, String... orchestratorArguments) {
        return new LocalNetwork(
                installation, folder, new LocalOrchestrator(installation, folder, List.of(orchestratorArguments)));
    }

    public LocalOrchestrator orchestrator() {
        return orchestrator;
    }

    public List<LocalHost> hosts() {
        return List.copyOf(hosts);
    }

    /** Starts one more host and does not wait for it. */
    public LocalHost startHost(HostOptions options) {
        LocalHost host =
                new LocalHost("host-" + (hosts.size() + 1), installation, folder, orchestrator.hostUrl(), options);
        hosts.add(host);
        return host;
    }

    /**
     * Waits until the orchestrator shows every host with a model to serve.
     *
     * @return them, in the order of {@link #hosts}
     * @throws ProgramException when one ends or is late; the message has the end of its log
     */
    public List<ConnectedHost> awaitHosts() {
        long until = System.nanoTime() + LONGEST_JOIN.toNanos();
        while (true) {
            List<ConnectedHost> connected = orchestrator.hosts();
            List<LocalHost> missing = hosts.stream()
                    .filter(host -> find(connected, host).isEmpty())
                    .toList();
            if (missing.isEmpty()) {
                return hosts.stream()
                        .map(host -> find(connected, host).orElseThrow())
                        .toList();
            }
            for (LocalHost host : missing) {
                if (!host.process().isAlive()) {
                    throw new ProgramException("The " + host.name() + " ended before it joined."
                            + host.process().said());
                }
            }
            if (System.nanoTime() > until) {
                throw new ProgramException(
                        "The " + missing.getFirst().name() + " did not join within " + LONGEST_JOIN.toSeconds() + " s."
                                + missing.getFirst().process().said());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Makes an account with credits and a key. */
    public OpenAiClient newConsumer(String name, Credits credits) {
        return new OpenAiClient(orchestrator.url(), newKey(name, credits));
    }

    /** @return the secret of the new account's key */
    public String newKey(String name, Credits credits) {
        Administrator administrator = orchestrator.administrator();
        administrator.createAccount(name, credits);
        return administrator.createKey(name);
    }

    /** Waits until one of the programs ends without being asked to. */
    public ProgramException awaitBreakdown() {
        Child ended = Stream.concat(
                        Stream.of(orchestrator.process()), hosts.stream().map(LocalHost::process))
                .map(child -> child.handle().onExit().thenApply(handle -> child))
                .reduce((one, other) -> one.applyToEither(other, child -> child))
                .orElseThrow()
                .join();
        return new ProgramException("A program of the network ended by itself." + ended.said());
    }

    /** The host as the orchestrator sees it, once it has a model to serve. */
    private static Optional<ConnectedHost> find(List<ConnectedHost> connected, LocalHost host) {
        return host.id()
                .flatMap(id -> connected.stream()
                        .filter(each -> each.id().equals(id) && each.isServing())
                        .findFirst());
    }

    /** Stops the hosts, all at once, then the orchestrator. */
    @Override
    public void close() {
        hosts.forEach(host -> host.process().askToStop());
        hosts.forEach(LocalHost::stop);
        orchestrator.stop();
    }
}
