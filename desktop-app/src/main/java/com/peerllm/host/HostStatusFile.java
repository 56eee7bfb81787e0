package com.peerllm.host;

import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.session.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a running host does every few seconds, for {@code peerllm host status}; gone when the host ends well. */
public final class HostStatusFile implements Lifecycle {
    private static final Logger log = LoggerFactory.getLogger(HostStatusFile.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** Changes come in groups: they are written together. */
    private static final Duration SOON = Duration.ofMillis(100);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Host host;
    private final HostData data;
    private final Alarms alarms;
    private final InstantSource clock;
    private final long startedAtMillis;
    private Alarms.Alarm next = () -> {};
    private List<Signal.Subscription> watching = List.of();
    private boolean stopped;

    public HostStatusFile(Host host, HostData data, Alarms alarms, InstantSource clock) {
        this.host = host;
        this.data = data;
        this.alarms = alarms;
        this.clock = clock;
        this.startedAtMillis = clock.millis();
    }

    @Override
    public void start() {
        watching = List.of(
                host.sessionState().subscribe(state -> writeSoon()),
                host.engineState().subscribe(state -> writeSoon()));
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        next.cancel();
        watching.forEach(Signal.Subscription::close);
        try {
            Files.deleteIfExists(data.folders().status());
        } catch (IOException e) {
            log.warn("The status file could not be removed", e);
        }
    }

    private synchronized void writeSoon() {
        next.cancel();
        if (!stopped) next = alarms.after(SOON, this::write);
    }

    private void write() {
        synchronized (this) {
            if (stopped) return;
            next.cancel();
            next = alarms.after(INTERVAL, this::write);
        }
        // Without the lock: whoever changes these values may be waiting for it in writeSoon.
        HostStatus status = now();
        synchronized (this) {
            if (stopped) return;
            try {
                AtomicFile.write(data.folders().status(), JSON.writeValueAsBytes(status));
            } catch (IOException e) {
                log.warn("The status file could not be written", e);
            }
        }
    }

    private HostStatus now() {
        SessionState network = host.sessionState().get();
        EngineState engine = host.engineState().get();
        return new HostStatus(
                ProcessHandle.current().pid(),
                HostVersion.text(),
                data.identity().hostId().value(),
                data.identity().hostId().pseudonym(),
                startedAtMillis,
                clock.millis(),
                host.plan().orchestrator().text(),
                StatusWords.of(network),
                network instanceof SessionState.Connected c
                        ? Optional.of(c.lastConfirmed().toEpochMilli())
                        : Optional.empty(),
                StatusWords.of(engine),
                host.plan().model().model().name(),
                host.plan().engine().slots(),
                host.runningAnswers(),
                models(),
                host.notes(),
                StatusWords.sentence(data.identity().hostId(), host.plan(), network, engine, clock.instant()),
                Earnings.of(data.receipts().earned()));
    }

    private List<HostStatus.ModelStatus> models() {
        return host.plan().models().stream()
                .map(model -> new HostStatus.ModelStatus(
                        model.name(),
                        StatusWords.of(host.modelStates().get(model.digest())),
                        model.pinned(),
                        model.ask()))
                .toList();
    }

    /** What the host that has this data folder wrote last; nothing when none runs or the file is of another version. */
    public static Optional<HostStatus> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), HostStatus.class));
        } catch (IOException | JacksonException e) {
            log.debug("No status could be read from {}", file, e);
            return Optional.empty();
        }
    }
}
