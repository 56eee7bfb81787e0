package com.peerllm.host.cli;

import com.peerllm.host.Surroundings;
import com.peerllm.host.availability.Decision;
import com.peerllm.host.availability.DecisionFile;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * What {@code pause}, {@code resume} and {@code share-now} have in common: the decision is left in the data folder, where a
 * running host finds it within a second, and the next one when it starts.
 */
final class PersonsDecision {
    private final Surroundings around;
    private final CommonOptions common;
    private final PrintWriter out;

    PersonsDecision(Surroundings around, CommonOptions common, PrintWriter out) {
        this.around = around;
        this.common = common;
        this.out = out;
    }

    /** Until when a decision holds; one of the two. */
    static final class End {
        @Option(names = "--for", paramLabel = "SPAN", description = "So long, such as 2h, 90m or 1d12h.")
        String span;

        @Option(
                names = "--until",
                paramLabel = "MOMENT",
                description = "Until this computer's clock shows 22:00, or 2026-11-24T08:00.")
        String moment;

        Instant at(TimeText time) {
            return span == null ? time.until(moment) : time.after(span);
        }
    }

    /**
     * For programs.
     *
     * @param decision {@code pause}, {@code share} or {@code rules}
     * @param running whether a host follows it now
     */
    record Answer(String decision, Optional<Instant> until, boolean running) {}

    /** @param sentence without its stop */
    int leave(Decision decision, String sentence) {
        AppFolders folders = common.folders(around);
        new DecisionFile(folders.decision()).write(decision);
        boolean running = InstanceLock.isTaken(folders);
        if (common.json) Json.print(out, new Answer(word(decision), decision.endsAt(), running));
        else out.println(sentence + "." + (running ? "" : " No host runs now; it counts for the next one."));
        return ExitCode.OK.number();
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.FollowRules _ -> "rules";
            case Decision.ShareAnyway _ -> "share";
            case Decision.Pause _ -> "pause";
        };
    }

    TimeText time() {
        return new TimeText(around.clock().instant(), ZoneId.systemDefault());
    }
}
