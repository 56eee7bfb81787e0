package com.peerllm.host.localapi;

import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Mailbox;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OpenAI-compatible endpoint on this computer, which follows the settings while it runs: on or off, its port, who may reach it. */
public final class LocalApi implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(LocalApi.class);

    private final Signal<HostSettings> settings;
    private final ThreadFactory threads;
    private final LocalRoutes routes;
    private final Signal<LocalApiState> state = new Signal<>(new LocalApiState.Off());
    private Optional<Mailbox> mailbox = Optional.empty();
    private Optional<Signal.Subscription> subscription = Optional.empty();

    /** Only the mailbox's thread has these two. */
    private Optional<LocalDoor> door = Optional.empty();

    private Where where = Where.NOWHERE;

    /** What of the settings a door stands for; the mode is read with each request. */
    private record Where(boolean on, int port, boolean homeNetwork) {
        static final Where NOWHERE = new Where(false, 0, false);

        static Where of(HostSettings settings) {
            LocalApiSettings wanted = settings.localApi();
            return wanted.on() ? new Where(true, wanted.port(), wanted.homeNetwork()) : NOWHERE;
        }
    }

    /**
     * @param threads makes a thread for each request, and those that move bytes; none keeps the program alive
     * @param random whose numbers nobody can guess
     */
    public LocalApi(
            OwnModels own,
            Network network,
            LocalApiKey key,
            Signal<HostSettings> settings,
            ThreadFactory threads,
            InstantSource clock,
            RandomGenerator random) {
        this.settings = settings;
        this.threads = threads;
        this.routes = new LocalRoutes(new LocalAnswering(own, network, settings, clock, random), key, threads);
    }

    /** For the screens. */
    public Signal<LocalApiState> state() {
        return state;
    }

    @Override
    public synchronized void start() {
        if (mailbox.isPresent()) return;
        Mailbox letters = new Mailbox(threads);
        mailbox = Optional.of(letters);
        subscription = Optional.of(settings.subscribe(changed -> letters.post(this::follow)));
    }

    /** Tries again after a failure, and reads this computer's addresses anew. */
    public synchronized void refresh() {
        mailbox.ifPresent(letters -> letters.post(() -> {
            if (door.isEmpty()) where = Where.NOWHERE;
            follow();
            if (door.isPresent()) state.set(listening(where));
        }));
    }

    private void follow() {
        Where wanted = Where.of(settings.get());
        if (wanted.equals(where)) return;
        shut();
        where = wanted;
        if (!wanted.on()) {
            state.set(new LocalApiState.Off());
            return;
        }
        LocalDoor opening = new LocalDoor(threads, routes.receiver(wanted.homeNetwork()));
        try {
            listen(opening, wanted);
            door = Optional.of(opening);
            state.set(listening(wanted));
        } catch (IOException e) {
            opening.close();
            log.info("The local endpoint cannot listen on port {}", wanted.port(), e);
            state.set(new LocalApiState.Failed("Port " + wanted.port()
                    + " cannot be used: another program has it, or this computer does not allow it. Choose another"
                    + " port, or end the other program."));
        }
    }

    private static void listen(LocalDoor opening, Where wanted) throws IOException {
        if (wanted.homeNetwork()) {
            opening.listen(InetAddress.getByAddress(new byte[4]), wanted.port());
            alsoOn(opening, "::", wanted.port());
        } else {
            opening.listen(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted.port());
            alsoOn(opening, "::1", wanted.port());
        }
    }

    /** Programs that say "localhost" may mean this one; not every computer has it. */
    private static void alsoOn(LocalDoor opening, String ipv6, int port) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(ipv6);
        if (!(address instanceof Inet6Address)) return;
        try {
            opening.listen(address, port);
        } catch (IOException e) {
            log.debug("The local endpoint listens on IPv4 only: {}", e.getMessage());
        }
    }

    private static LocalApiState listening(Where where) {
        return new LocalApiState.Listening(
                LocalApiAddresses.of(where.port(), where.homeNetwork() ? NetworkCard.ofThisComputer() : List.of()));
    }

    private void shut() {
        door.ifPresent(LocalDoor::close);
        door = Optional.empty();
        where = Where.NOWHERE;
    }

    /** Ends running answers with their connections. */
    @Override
    public synchronized void stop() {
        subscription.ifPresent(Signal.Subscription::close);
        subscription = Optional.empty();
        mailbox.ifPresent(letters -> {
            letters.post(() -> {
                shut();
                state.set(new LocalApiState.Off());
            });
            letters.close();
        });
        mailbox = Optional.empty();
    }
}
