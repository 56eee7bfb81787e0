package com.peerllm.host.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a connection does, and wherever the program is restarted in between, the file is the one that was ordered. */
class DownloadCutsTest {
    private static final int SIZE = StarterModel.bytes().length;
    private static Path folder;
    private static DownloadTester tester;

    enum Misdeed {
        CUT,
        DEAF,
        WRONG_RANGE,
        TROUBLE
    }

    record Step(Misdeed misdeed, int bytes, boolean restart) {}

    @BeforeContainer
    static void open() throws IOException {
        folder = Files.createTempDirectory("download-cuts");
        tester = new DownloadTester(folder);
    }

    @AfterContainer
    static void close() throws IOException {
        tester.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void everyDownloadEndsWithTheFileThatWasOrdered(@ForAll("steps") List<Step> steps) throws Exception {
        try (MisbehavingHub hub = new MisbehavingHub(StarterModel.bytes())) {
            for (Step step : steps) hub.next(answer(hub, step));
            String id = tester.queue.fetch(DownloadTester.order(hub.address("model.gguf"), hub.digest()));
            for (Step step : steps) {
                if (!step.restart()) continue;
                tester.restart();
                tester.queue.start();
            }
            boolean listed =
                    tester.queue.all().get().stream().anyMatch(each -> each.id().equals(id));
            if (listed) tester.untilDone(id);

            StoredModel model = tester.store.list().getFirst();
            assertThat(model.digest()).isEqualTo(hub.digest());
            assertThat(model.path()).hasBinaryContent(hub.content());
            tester.store.delete(model.name());
            tester.queue.cancel(id);
        }
    }

    private static MisbehavingHub.Answer answer(MisbehavingHub hub, Step step) {
        return switch (step.misdeed()) {
            case CUT -> hub.cut(step.bytes());
            case DEAF -> hub.deafToRanges();
            case WRONG_RANGE -> hub.wrongRange(step.bytes());
            case TROUBLE -> MisbehavingHub.status(500 + step.bytes() % 5);
        };
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Misdeed> misdeeds =
                Arbitraries.of(Misdeed.CUT, Misdeed.CUT, Misdeed.DEAF, Misdeed.WRONG_RANGE, Misdeed.TROUBLE);
        Arbitrary<Integer> bytes = Arbitraries.integers().between(1, SIZE - 1);
        Arbitrary<Boolean> restarts = Arbitraries.of(true, false, false);
        return net.jqwik.api.Combinators.combine(misdeeds, bytes, restarts)
                .as(Step::new)
                .list()
                .ofMaxSize(4);
    }
}
