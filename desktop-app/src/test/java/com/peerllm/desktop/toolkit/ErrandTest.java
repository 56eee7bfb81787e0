package com.peerllm.desktop.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ErrandTest {
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Errand errand = new Errand(
            new Workbench(Runnable::run, background::add, () -> Instant.EPOCH, new Messages(Locale.US), room -> {}));
    private final List<String> heard = new ArrayList<>();

    @Test
    void isBusyUntilItIsDone() {
        errand.ask(() -> "4.1 GB", heard::add);
        assertThat(errand.busyProperty().get()).isTrue();
        assertThat(heard).isEmpty();

        background.remove().run();

        assertThat(errand.busyProperty().get()).isFalse();
        assertThat(heard).containsExactly("4.1 GB");
    }

    @Test
    void saysWhyItFailedUntilItIsTriedAgain() {
        errand.run(() -> {
            throw new HostException(Problem.USAGE, "The folder is full. Choose another.");
        });
        background.remove().run();
        assertThat(errand.troubleProperty().get()).contains("The folder is full. Choose another.");

        errand.run(() -> {});
        assertThat(errand.troubleProperty().get()).isEmpty();
    }

    @Test
    void saysInThePersonsLanguageWhatFailedWithTheHostsSentenceAsDetail() {
        Errand german = new Errand(new Workbench(
                Runnable::run, background::add, () -> Instant.EPOCH, new Messages(Locale.GERMANY), room -> {}));
        for (Problem problem : Problem.values()) {
            german.run(() -> {
                throw new HostException(problem, "Exactly this.");
            });
            background.remove().run();
            assertThat(german.troubleProperty().get().orElseThrow())
                    .as("%s", problem)
                    .endsWith(" (Exactly this.)")
                    .hasSizeGreaterThan(50);
        }
    }

    @Test
    void somethingUnexpectedIsSaidWithoutAStackTrace() {
        errand.run(() -> {
            throw new IllegalStateException("secret");
        });
        background.remove().run();
        assertThat(errand.troubleProperty().get().orElseThrow())
                .contains("IllegalStateException")
                .doesNotContain("secret");
    }

    @Test
    void aCancelledOneIsNoTrouble() {
        errand.run(() -> {
            throw new CancellationException();
        });
        background.remove().run();
        assertThat(errand.troubleProperty().get()).isEmpty();
        assertThat(errand.busyProperty().get()).isFalse();
    }

    @Test
    void aNewerOneIsHeardInsteadOfAnOlder() {
        errand.ask(() -> "older", heard::add);
        errand.ask(() -> "newer", heard::add);

        background.remove().run();
        assertThat(errand.busyProperty().get()).isTrue();
        background.remove().run();

        assertThat(heard).containsExactly("newer");
    }
}
