package com.peerllm.shared.audit;

import com.peerllm.shared.identity.PeerKey;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Audits with two threads. */
final class Audits {
    /** What an audit gave, and where it stands. */
    record Result(AuditReport report, Optional<AuditState> state) {
        Fault fault() {
            return report.fault().orElseThrow(() -> new AssertionError("The audit found nothing"));
        }
    }

    private Audits() {}

    static Result run(LogFiles files, PeerKey key) {
        return run(files, AuditOptions.of(Optional.of(key)), Optional.empty());
    }

    static Result run(LogFiles files, AuditOptions options, Optional<AuditState> before) {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            LogAudit audit =
                    new LogAudit(files, options, threads, RandomGenerator.getDefault(), AuditProgress.silent());
            return new Result(audit.run(before), audit.state());
        } catch (IOException | UnknownKey | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
