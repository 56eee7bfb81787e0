package com.peerllm.host.diagnostics;

import com.peerllm.host.diagnostics.Finding.Verdict;
import com.peerllm.host.kernel.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every check, one after another; one that breaks is a finding too, and the next is made. */
public final class Doctor {
    private static final Logger log = LoggerFactory.getLogger(Doctor.class);

    private final List<Check> checks;

    /** One look at this computer; changes nothing. */
    public interface Check {

        /** One word. */
        String name();

        /** May take seconds. */
        List<Finding> look();
    }

    /** @param worst of all findings */
    public record Report(Verdict worst, List<Finding> findings) {}

    public Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * @param reader hears each finding at once
     * @throws CancellationException when it is cancelled between two checks
     */
    public Report examine(Consumer<Finding> reader, Cancellation cancellation) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            cancellation.check();
            for (Finding finding : look(check)) {
                findings.add(finding);
                reader.accept(finding);
            }
        }
        Verdict worst =
                findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(Verdict.OK);
        return new Report(worst, List.copyOf(findings));
    }

    private static List<Finding> look(Check check) {
        try {
            return check.look();
        } catch (RuntimeException e) {
            ErrorCode code = ErrorCode.of(e);
            log.error("doctor_check_failed: {}", check.name(), e);
            return List.of(Finding.warn(
                    check.name(),
                    "This check itself failed (" + code + ").",
                    "Make a support bundle and report the code."));
        }
    }
}
