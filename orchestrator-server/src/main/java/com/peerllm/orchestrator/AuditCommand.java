package com.peerllm.orchestrator;

import com.peerllm.orchestrator.auditor.FastSignatures;
import com.peerllm.shared.audit.AuditOptions;
import com.peerllm.shared.audit.AuditProgress;
import com.peerllm.shared.audit.AuditReport;
import com.peerllm.shared.audit.AuditState;
import com.peerllm.shared.audit.LogAudit;
import com.peerllm.shared.audit.SignatureCheck;
import com.peerllm.shared.audit.UnknownKey;
import com.peerllm.shared.identity.InvalidKey;
import com.peerllm.shared.identity.PeerKey;
import com.peerllm.shared.transparency.InvalidLogData;
import com.peerllm.shared.transparency.NoteKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays somebody's whole transparency log and names the first thing that is wrong with it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Replay a transparency log: hashes, signatures, money. Names the first bad entry.",
        footer = {"", "Exit codes: 0 clean, 2 wrong usage, 4 the state file, 8 the log is bad, 9 it could not be read."
        })
final class AuditCommand implements Callable<Integer> {
    private static final int LEAST_THREADS_FOR_A_NETWORK = 4;
    private static final int BUNDLES_AHEAD = 16;
    private static final long NANOS_BETWEEN_LINES = 1_000_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "URL|FOLDER", description = "An orchestrator's or a log's address, or a copy of a log.")
    private String source;

    @Option(
            names = "--orchestrator-key",
            paramLabel = "KEY",
            description = "The key that must have signed (base64url, or NAME+HASH+KEY).")
    private Optional<String> key;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Remembers what was seen: the next audit proves that it is still so, and goes on from there.")
    private Optional<Path> stateFile;

    @Option(names = "--witness", paramLabel = "VKEY", description = "Checks and counts this witness's cosignature.")
    private List<String> witnesses = List.of();

    @Option(names = "--skip-signatures", description = "Believes the hosts' signatures: many times as fast.")
    private boolean skipSignatures;

    @Option(
            names = "--clock-back",
            paramLabel = "DURATION",
            defaultValue = "PT1H",
            description = "How far a leaf's time may go back (${DEFAULT-VALUE}).")
    private Duration clockBack;

    @Option(names = "--threads", description = "How many (default: one for each processor).")
    private Optional<Integer> threads;

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        AuditOptions options = options();
        AuditStateFile kept = new AuditStateFile(stateFile);
        Optional<AuditState> before = kept.read(options.mostBackwards());
        try (OpenedSource log = OpenedSource.of(source);
                ExecutorService workers = Executors.newFixedThreadPool(threadCount(log.isRemote()));
                EndInOrder _ = new EndInOrder(Thread.currentThread())) {
            LogAudit audit = new LogAudit(log.files(), options, workers, new SecureRandom(), progress());
            try {
                AuditReport report = audit.run(before);
                kept.write(audit.state());
                new AuditText(spec.commandLine().getOut(), json).print(report, options);
                return (report.isClean() ? ExitCode.OK : ExitCode.RECEIPT_INVALID).number;
            } catch (IOException | InterruptedException e) {
                kept.write(audit.state());
                throw unfinished(e, audit.state());
            } catch (UnknownKey e) {
                throw new ParameterException(spec.commandLine(), e.getMessage() + ", with --orchestrator-key.");
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private StartException unfinished(Exception why, Optional<AuditState> state) {
        String done = state.map(AuditState::audited)
                .filter(leaves -> stateFile.isPresent())
                .map(leaves -> " The state file says that the next audit goes on behind leaf " + leaves + ".")
                .orElse("");
        String reason = why instanceof InterruptedException ? "It was ended" : why.getMessage();
        return new StartException(ExitCode.UNREADABLE, "The audit is not finished: " + reason + "." + done, why);
    }

    private AuditOptions options() {
        Optional<NoteKey> named = key.filter(text -> text.contains("+")).map(this::noteKey);
        Optional<PeerKey> plain = key.filter(text -> !text.contains("+")).map(this::peerKey);
        return new AuditOptions(
                named.map(NoteKey::key).or(() -> plain),
                named.map(NoteKey::name),
                witnesses.stream().map(this::noteKey).toList(),
                skipSignatures ? SignatureCheck.NONE : new FastSignatures(),
                clockBack,
                BUNDLES_AHEAD);
    }

    private PeerKey peerKey(String text) {
        try {
            return PeerKey.parse(text);
        } catch (InvalidKey e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private NoteKey noteKey(String vkey) {
        try {
            return NoteKey.parse(vkey);
        } catch (InvalidLogData e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private int threadCount(boolean remote) {
        int processors = Runtime.getRuntime().availableProcessors();
        return threads.orElse(remote ? Math.max(LEAST_THREADS_FOR_A_NETWORK, processors) : processors);
    }

    /** One line a second on standard error. */
    private AuditProgress progress() {
        PrintWriter err = spec.commandLine().getErr();
        long[] lastNanos = {System.nanoTime()};
        return (leaves, checkpoint) -> {
            long now = System.nanoTime();
            if (json || now - lastNanos[0] < NANOS_BETWEEN_LINES) return;
            lastNanos[0] = now;
            err.printf(Locale.ROOT, "%,d of %,d leaves%n", leaves, checkpoint.size());
            err.flush();
        };
    }
}
