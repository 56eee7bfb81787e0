package com.peerllm.host;

import com.peerllm.host.availability.Availability;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.kernel.Lifecycle;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.platform.AtomicFile;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
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

    private final HostProgram program;
    private final LocalHost host;
    private final HostData data;
    private final Alarms alarms;
    private final InstantSource clock;
    private final ZoneId zone;
    private final long startedAtMillis;
    private Alarms.Alarm next = () -> {};
    private List<Signal.Subscription> watching = List.of();
    private boolean stopped;

    public HostStatusFile(HostProgram program, HostData data, Alarms alarms, InstantSource clock, ZoneId zone) {
        this.zone = zone;
        this.program = program;
        host = program.host();
        this.data = data;
        this.alarms = alarms;
        this.clock = clock;
        this.startedAtMillis = clock.millis();
    }

    @Override
    public void start() {
        watching = List.of(
                host.session().subscribe(state -> writeSoon()),
                host.engine().subscribe(state -> writeSoon()),
                host.availability().subscribe(state -> writeSoon()));
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
        SessionState network = host.session().get();
        EngineState engine = host.engine().get();
        Optional<ServePlan> plan = host.serving();
        HostSettings settings = data.settings().current().get();
        return new HostStatus(
                ProcessHandle.current().pid(),
                HostVersion.text(),
                data.identity().hostId().value(),
                data.identity().hostId().pseudonym(),
                startedAtMillis,
                clock.millis(),
                plan.map(serving -> serving.orchestrator().text())
                        .or(() -> settings.orchestrator())
                        .orElse(""),
                StatusWords.of(network),
                network instanceof SessionState.Connected c
                        ? Optional.of(c.lastConfirmed().toEpochMilli())
                        : Optional.empty(),
                StatusWords.of(engine),
                host.offered().get().getFirst(),
                plan.map(serving -> serving.engine().slots()).orElse(0),
                host.work().answersRunning(),
                program.runningDownloads(),
                models(),
                paused(),
                host.notes(),
                sentence(plan, network, engine),
                Earnings.of(data.receipts().earned()));
    }

    private List<String> paused() {
        return program.availability().get() instanceof Availability.Paused(var reasons)
                ? reasons.stream().map(reason -> StatusWords.of(reason, zone)).toList()
                : List.of();
    }

    private String sentence(Optional<ServePlan> plan, SessionState network, EngineState engine) {
        if (!host.wanted().get()) return "Not sharing.";
        if (program.availability().get() instanceof Availability.Paused(var reasons))
            return StatusWords.paused(reasons, zone);
        return plan.map(serving ->
                        StatusWords.sentence(data.identity().hostId(), serving, network, engine, clock.instant()))
                .or(() -> host.trouble().get())
                .orElse("Sharing is about to begin.");
    }

    private List<HostStatus.ModelStatus> models() {
        return host.serving().stream()
                .flatMap(plan -> plan.models().stream())
                .map(model -> new HostStatus.ModelStatus(
                        model.name(),
                        StatusWords.of(host.servedStates().getOrDefault(model.digest(), new EngineState.Stopped())),
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
