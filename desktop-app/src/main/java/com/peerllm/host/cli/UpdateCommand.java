package com.peerllm.host.cli;

import com.peerllm.host.HostStatusFile;
import com.peerllm.host.HostVersion;
import com.peerllm.host.Surroundings;
import com.peerllm.host.UpdateWiring;
import com.peerllm.host.kernel.Cancellation;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.update.Release;
import com.peerllm.host.update.UpdateDesk;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.UpdateWords;
import com.peerllm.host.update.Way;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code peerllm host update}: newer versions of the program, step by step; a host that runs is not disturbed. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Look for a newer version of PeerLLM, fetch it, and let the next start have it.")
final class UpdateCommand {
    private static final int LOOK_WHETHER_FREE_SECONDS = 2;

    private final Surroundings around;
    private final StopRequest stop;

    @Spec
    CommandSpec spec;

    UpdateCommand(Surroundings around, StopRequest stop) {
        this.around = around;
        this.stop = stop;
    }

    /**
     * For programs.
     *
     * @param state {@code up_to_date}, {@code available}, {@code staged}, {@code applied}, {@code refused}, {@code unreachable},
     *     {@code not_looked} or {@code no_address}
     * @param release the newer version
     * @param command what a person runs to install it
     */
    record Answer(
            String installed, String state, String sentence, Optional<Release> release, Optional<String> command) {}

    @Command(mixinStandardHelpOptions = true, description = "Tell what is known, without a network.")
    int status(@Mixin CommonOptions common) {
        return tell(desk(common).known(), common);
    }

    @Command(mixinStandardHelpOptions = true, description = "Look for a newer version now.")
    int check(@Mixin CommonOptions common) {
        return tell(desk(common).look(), common);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Fetch the newer version and prove it; waits while answers are made or models downloaded.")
    int download(@Mixin CommonOptions common) {
        return tell(staged(desk(common), common), common);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Let the next start have the newer version, which is fetched first if it was not; waits as download does.")
    int apply(@Mixin CommonOptions common) {
        UpdateDesk desk = desk(common);
        UpdateState ready = staged(desk, common);
        if (!(ready instanceof UpdateState.Staged staged)) return tell(ready, common);
        waitUntilFree(common.folders(around));
        Cancellation cancellation = new Cancellation();
        stop.onMade(cancellation::cancel);
        return tell(desk.apply(staged, cancellation), common);
    }

    private UpdateDesk desk(CommonOptions common) {
        return UpdateWiring.desk(common.folders(around), OptionalLong::empty, false, around);
    }

    private UpdateState staged(UpdateDesk desk, CommonOptions common) {
        UpdateState known = desk.known();
        if (known instanceof UpdateState.NotLooked) known = desk.look();
        if (!(known instanceof UpdateState.Available available)
                || available.file().isEmpty()) return known;
        waitUntilFree(common.folders(around));
        Cancellation cancellation = new Cancellation();
        stop.onMade(cancellation::cancel);
        Progress progress = new Progress();
        return desk.stage(available.release(), available.file().get(), progress::at, cancellation);
    }

    /** One line for each tenth. */
    private final class Progress {
        private static final int PARTS = 10;
        private long told = -1;

        void at(UpdateState state) {
            if (!(state instanceof UpdateState.Downloading now)) return;
            long part = PARTS * now.receivedBytes() / now.totalBytes();
            if (part == told) return;
            told = part;
            spec.commandLine().getErr().println(UpdateWords.of(state));
        }
    }

    /** @throws CancellationException when the person ends it */
    private void waitUntilFree(AppFolders folders) {
        CountDownLatch stopped = new CountDownLatch(1);
        stop.onMade(stopped::countDown);
        Optional<String> told = Optional.empty();
        for (Optional<String> why = whyNotNow(folders); why.isPresent(); why = whyNotNow(folders)) {
            if (!why.equals(told)) spec.commandLine().getErr().println("Waiting. " + why.get());
            told = why;
            try {
                if (stopped.await(LOOK_WHETHER_FREE_SECONDS, TimeUnit.SECONDS))
                    throw new CancellationException("Stopped");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Interrupted");
            }
        }
    }

    private static Optional<String> whyNotNow(AppFolders folders) {
        if (!InstanceLock.isTaken(folders)) return Optional.empty();
        return HostStatusFile.read(folders.status())
                .flatMap(status -> status.runningAnswers() > 0
                        ? Optional.of("The host that runs here is making an answer.")
                        : status.runningDownloads() > 0
                                ? Optional.of("The host that runs here is downloading a model.")
                                : Optional.empty());
    }

    private int tell(UpdateState state, CommonOptions common) {
        Answer answer =
                new Answer(HostVersion.text(), word(state), UpdateWords.of(state), release(state), command(state));
        if (common.json) Json.print(spec.commandLine().getOut(), answer);
        else spec.commandLine().getOut().println("PeerLLM " + answer.installed() + ". " + answer.sentence());
        return code(state).number();
    }

    private static String word(UpdateState state) {
        return state.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<Release> release(UpdateState state) {
        return switch (state) {
            case UpdateState.Available available -> Optional.of(available.release());
            case UpdateState.Staged staged -> Optional.of(staged.release());
            case UpdateState.Applied(Release release) -> Optional.of(release);
            default -> Optional.empty();
        };
    }

    private static Optional<String> command(UpdateState state) {
        return state instanceof UpdateState.Staged staged && staged.way() instanceof Way.Command command
                ? Optional.of(command.line())
                : Optional.empty();
    }

    private static ExitCode code(UpdateState state) {
        return switch (state) {
            case UpdateState.NoAddress _, UpdateState.Refused _, UpdateState.Failed _ -> ExitCode.UPDATE;
            case UpdateState.Unreachable _ -> ExitCode.PUBLISHER;
            default -> ExitCode.OK;
        };
    }
}
