package com.peerllm.orchestrator;

import com.peerllm.orchestrator.accounts.Accounts;
import com.peerllm.orchestrator.accounts.ApiKeys;
import com.peerllm.orchestrator.accounts.Enrolment;
import com.peerllm.orchestrator.accounts.HostEnrolment;
import com.peerllm.orchestrator.accounts.ModelCatalogue;
import com.peerllm.orchestrator.accounts.RateLimits;
import com.peerllm.orchestrator.admin.Administration;
import com.peerllm.orchestrator.api.AdminDoor;
import com.peerllm.orchestrator.api.ApiRooms;
import com.peerllm.orchestrator.api.HttpDoor;
import com.peerllm.orchestrator.api.MetricsDoor;
import com.peerllm.orchestrator.audit.Audits;
import com.peerllm.orchestrator.evidence.EvidenceKeeper;
import com.peerllm.orchestrator.explorer.Explorer;
import com.peerllm.orchestrator.explorer.LiveLog;
import com.peerllm.orchestrator.explorer.RecentPay;
import com.peerllm.orchestrator.hosts.HostGate;
import com.peerllm.orchestrator.hosts.HostHub;
import com.peerllm.orchestrator.hosts.HostRegistry;
import com.peerllm.orchestrator.jobs.CacheScopes;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.ledger.Ledger;
import com.peerllm.orchestrator.ledger.LedgerSettings;
import com.peerllm.orchestrator.ledger.ReceiptIssuer;
import com.peerllm.orchestrator.ledger.SecretFolder;
import com.peerllm.orchestrator.ledger.SoundTables;
import com.peerllm.orchestrator.payouts.CsvProvider;
import com.peerllm.orchestrator.payouts.PayoutException;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.orchestrator.reputation.EvidenceSink;
import com.peerllm.orchestrator.reputation.Fault;
import com.peerllm.orchestrator.reputation.Standings;
import com.peerllm.orchestrator.routing.Router;
import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.telemetry.JobMeter;
import com.peerllm.orchestrator.telemetry.LoopMeter;
import com.peerllm.orchestrator.telemetry.Telemetry;
import com.peerllm.orchestrator.transparency.LogPublisher;
import com.peerllm.orchestrator.transparency.WitnessClient;
import com.peerllm.orchestrator.vouchers.Vouchers;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.reputation.Evidence;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.BindException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running orchestrator: the one place where its objects are made and wired. Starting is one list; stopping is its
 * reverse.
 *
 * <p>Hosts, jobs, routing and HTTP live on one event loop and need no locks; the ledger and the database have threads of
 * their own.
 */
public final class Orchestrator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Orchestrator.class);
    private static final int MAX_KNOWN_HOSTS = 10_000_000;
    private static final long DEADLINE_CHECK_MILLIS = 250;
    private static final long EVIDENCE_WRITE_MILLIS = 2_000;
    private static final long EVIDENCE_FOLD_MILLIS = Duration.ofMinutes(10).toMillis();

    private final OrchestratorConfig config;
    private final DataFolder folder;
    private final Deque<Runnable> stops = new ArrayDeque<>();
    private volatile boolean draining;
    private Jobs jobs;
    private HostHub hub;
    private Executor loop;
    private int port;
    private int metricsPort;

    private Orchestrator(OrchestratorConfig config) {
        this.config = config;
        this.folder = new DataFolder(config.data());
    }

    /** @throws StartException with a sentence; whatever was started is stopped again */
    static Orchestrator start(OrchestratorConfig config) {
        Orchestrator orchestrator = new Orchestrator(config);
        try {
            orchestrator.start();
            return orchestrator;
        } catch (RuntimeException e) {
            orchestrator.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Where the metrics are; 0 when they are nowhere. */
    int metricsPort() {
        return metricsPort;
    }

    private void start() {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        PeerIdentity identity = folder.identity();

        ExecutorService blocking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("blocking-", 0).factory());
        stops.push(blocking::shutdownNow);

        Telemetry telemetry = new Telemetry(Version.number());
        stops.push(telemetry::close);
        Database database = SoundTables.open(config.database());
        stops.push(database::close);
        SecretFolder pseudonyms = folder.consumerSecrets(random);
        LogPublisher transparency = new LogPublisher(
                folder.log(),
                database,
                identity,
                config.name(),
                config.log(),
                System::nanoTime,
                Thread.ofPlatform().name("transparency-log").factory(),
                blocking);
        stops.push(transparency::close);
        Ledger ledger = Ledger.open(
                database,
                new ReceiptIssuer(config.name(), identity, pseudonyms),
                pseudonyms,
                transparency.listener(),
                LedgerSettings.STANDARD,
                clock,
                System::nanoTime,
                Thread.ofPlatform().name("ledger-journal").factory(),
                blocking);
        stops.push(ledger::close);
        transparency.start();
        for (URI url : config.log().witnessUrls()) {
            WitnessClient witness = new WitnessClient(
                    url,
                    transparency,
                    config.log().askWitnesses(),
                    Thread.ofVirtual().name("witness").factory());
            witness.start();
            stops.push(witness::close);
        }
        ApiKeys keys = new ApiKeys(database, random, clock);
        ModelCatalogue catalogue = new ModelCatalogue(database, config.price());
        HostEnrolment enrolment = new HostEnrolment(database, ledger, clock, MAX_KNOWN_HOSTS);
        Payouts payouts = new Payouts(
                database, ledger, folder.payees(), folder.payoutFiles(), config.payouts(), new CsvProvider(), clock);
        finish(payouts);
        HostRegistry registry = new HostRegistry(catalogue::priceOf);
        Vouchers vouchers = new Vouchers(database, ledger, random, clock);
        Administration administration = new Administration(
                new Accounts(ledger),
                keys,
                enrolment,
                catalogue,
                ledger,
                vouchers,
                payouts,
                clock,
                transparency::check,
                (host, reason) -> loop.execute(() -> hub.dismiss(host, reason)),
                digest -> loop.execute(() -> registry.priceChanged(digest)));

        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(false));
        stops.push(() -> waitFor(vertx.close(), Duration.ofSeconds(5)));
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        loop = task -> context.runOnContext(nothing -> task.run());

        EvidenceKeeper evidence = new EvidenceKeeper(database, clock);
        stops.push(evidence::writeNow);
        Standings standings = new Standings(clock, counted(evidence, telemetry.jobs()));
        jobs = new Jobs(
                registry,
                new Router(new SplittableRandom(random.nextLong())),
                ledger,
                config.split(),
                config.jobs(),
                new CacheScopes(random.generateSeed(32)),
                new Audits(config.audits(), registry, new SplittableRandom(random.nextLong()), System::nanoTime),
                telemetry.jobs(),
                System::nanoTime,
                loop,
                blocking);
        hub = new HostHub(
                vertx,
                config.name(),
                identity,
                config.hub(),
                clock,
                random,
                registry,
                standings,
                gate(enrolment, evidence, blocking),
                jobs,
                blocking);
        String adminToken = token(random);
        ApiRooms rooms = ApiRooms.of(
                keys,
                new RateLimits(config.limits(), System::nanoTime),
                catalogue,
                registry,
                standings,
                evidence,
                new Explorer(database.explorer(), database.leaves(), new LiveLog(transparency)),
                new RecentPay(database.explorer(), clock),
                config.name(),
                config.split(),
                jobs,
                ledger,
                payouts,
                vouchers,
                pseudonyms,
                transparency,
                administration,
                adminToken,
                identity.sign("peerllm idempotency v1".getBytes(StandardCharsets.UTF_8)),
                random,
                telemetry.requests(),
                clock,
                System::nanoTime,
                loop,
                blocking,
                () -> draining);

        HttpDoor door = onLoop(() -> {
            hub.start();
            vertx.setPeriodic(DEADLINE_CHECK_MILLIS, tick -> jobs.checkDeadlines());
            vertx.setPeriodic(
                    LoopMeter.PERIOD.toMillis(), tick -> telemetry.loop().tick(System.nanoTime()));
            vertx.setPeriodic(EVIDENCE_WRITE_MILLIS, tick -> blocking.execute(evidence::write));
            vertx.setPeriodic(EVIDENCE_FOLD_MILLIS, tick -> blocking.execute(evidence::fold));
            return new HttpDoor(vertx, config.address(), rooms, hub, random, System::nanoTime);
        });
        port = listen(door::open, config.address().host(), config.address().port(), "--port");
        stops.push(() -> waitFor(door.close(), Duration.ofSeconds(5)));
        AdminDoor adminDoor = onLoop(() -> new AdminDoor(vertx, rooms, System::nanoTime));
        int adminPort = listen(adminDoor::open, "127.0.0.1", 0, "--port");
        stops.push(() -> waitFor(adminDoor.close(), Duration.ofSeconds(5)));
        if (config.metrics().isPresent()) {
            HttpDoor.Address address = config.metrics().get();
            MetricsDoor metrics = onLoop(() -> new MetricsDoor(vertx, address, telemetry::scrape));
            Gauges.register(telemetry, registry, jobs, ledger, transparency);
            metricsPort = listen(metrics::open, address.host(), address.port(), "--metrics-port");
            stops.push(() -> waitFor(metrics.close(), Duration.ofSeconds(5)));
            log.info("Metrics on http://{}:{}/metrics", address.host(), metricsPort);
        }
        folder.announce(new DataFolder.Running(
                "http://127.0.0.1:" + adminPort,
                adminToken,
                ProcessHandle.current().pid()));
        stops.push(folder::withdraw);
        stops.push(this::drain);
    }

    /** What a crash left half done; should it not work, the next command about payouts tries again. */
    private static void finish(Payouts payouts) {
        try {
            payouts.finish();
        } catch (PayoutException e) {
            log.error("Payouts of before the start could not be finished", e);
        }
    }

    /** Takes no new work, lets running answers end within the grace, then ends them; what was delivered is paid. */
    private void drain() {
        draining = true;
        onLoop(() -> {
            hub.drain("The orchestrator is stopping");
            jobs.stopWaiting();
            return null;
        });
        long until = System.nanoTime() + config.grace().toNanos();
        while (onLoop(jobs::open) > 0 && System.nanoTime() < until) pause();
        onLoop(() -> {
            jobs.stopAll();
            return null;
        });
        until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (onLoop(jobs::open) > 0 && System.nanoTime() < until) pause();
        onLoop(() -> {
            hub.close();
            return null;
        });
    }

    @Override
    public synchronized void close() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (RuntimeException e) {
                log.error("A part of the orchestrator did not stop cleanly", e);
            }
        }
    }

    private static EvidenceSink counted(EvidenceSink kept, JobMeter meter) {
        return (host, model, piece, after) -> {
            kept.add(host, model, piece, after);
            switch (piece) {
                case Evidence.Confirmed any -> meter.audited("confirmed");
                case Evidence.Failed failed -> {
                    meter.faulted(failed.fault());
                    if (failed.fault().equals(Fault.AUDIT_FAILED.evidenceName())) meter.audited("refuted");
                }
                default -> {}
            }
        };
    }

    private static HostGate gate(HostEnrolment enrolment, EvidenceKeeper evidence, Executor blocking) {
        return (host, key) -> CompletableFuture.supplyAsync(
                () -> switch (enrolment.enrol(key)) {
                    case Enrolment.Enrolled enrolled ->
                        new HostGate.Admission.Admitted(evidence.history(HostId.of(key)));
                    case Enrolment.Blocked blocked -> new HostGate.Admission.Denied(blocked.reason());
                    case Enrolment.Full full ->
                        new HostGate.Admission.Denied("This network takes no more than " + full.maxHosts() + " hosts.");
                },
                blocking);
    }

    private int listen(Supplier<Future<Integer>> opening, String host, int wanted, String option) {
        CompletableFuture<Integer> opened = new CompletableFuture<>();
        loop.execute(() -> opening.get().onSuccess(opened::complete).onFailure(opened::completeExceptionally));
        try {
            return opened.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BindException) {
                throw new StartException(
                        ExitCode.PORT_TAKEN,
                        "Port " + wanted + " on " + host
                                + " cannot be used: another program has it, or it is not this computer's address."
                                + " Choose another with " + option + ", or 0 for any free one.",
                        e.getCause());
            }
            throw new StartException(
                    ExitCode.TLS,
                    "The server cannot listen on " + host + ":" + wanted + ": "
                            + e.getCause().getMessage() + ". Check the address and the TLS files.",
                    e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new StartException(ExitCode.UNEXPECTED, "The server did not begin to listen within 10 s.", e);
        }
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private <T> T onLoop(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new IllegalStateException("The event loop did not answer", e);
        }
    }

    private static void waitFor(Future<Void> future, Duration atMost) {
        try {
            future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            log.warn("A network part did not stop within {} s", atMost.toSeconds());
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
}
