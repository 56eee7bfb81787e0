package com.peerllm.orchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.storage.Database;
import com.peerllm.orchestrator.storage.TestDatabase;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.Evidence.Meaning;
import com.peerllm.shared.reputation.EvidencePage;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import com.peerllm.shared.reputation.Recomputation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What hosts did is kept in a real database, over restarts, and never without bound. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class EvidenceKeeperTest {
    private static final HostId HOST = new HostId("host_" + "0".repeat(32));
    private static final Optional<ModelDigest> OAK = Optional.of(new ModelDigest("0a".repeat(32)));
    private static final long START = 1_800_000_000_000L;

    @Parameter
    TestDatabase kind;

    @TempDir
    Path folder;

    private long nowMillis = START;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    private Database database;
    private EvidenceKeeper keeper;
    private ModelHistory history = ModelHistory.EMPTY;
    private Presence presence = Presence.NEW;

    @BeforeEach
    void open() {
        database = Database.open(kind.in(folder));
        keeper = new EvidenceKeeper(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void evidenceAndItsSumOutliveARestart() {
        happens(50);
        presence = presence.after(new Evidence.Present(1, nowMillis, 5000, true));
        keeper.add(HOST, Optional.empty(), new Evidence.Present(1, nowMillis, 5000, true), presence);
        keeper.writeNow();
        happens(3);
        keeper.writeNow();
        close();
        open();
        assertThat(keeper.history(HOST)).isEqualTo(new HostHistory(presence, Map.of(OAK.get(), history)));
        EvidencePage page = keeper.page(HOST, OAK, 0, 100);
        assertThat(page.more()).isFalse();
        assertThat(Recomputation.replay(page.before(), page.evidence(), 53)).isEqualTo(history);
        assertThat(keeper.counts(HOST)).anySatisfy(count -> {
            assertThat(count.name()).isEqualTo("answered");
            assertThat(count.count()).isEqualTo(48);
            assertThat(count.day()).isEqualTo("2027-01-15");
        });
    }

    @Test
    void pagesFollowEachOther() {
        happens(25);
        EvidencePage first = keeper.page(HOST, OAK, 0, 10);
        assertThat(first.more()).isTrue();
        assertThat(first.evidence()).extracting(Evidence::number).last().isEqualTo(10L);
        EvidencePage last = keeper.page(HOST, OAK, 20, 10);
        assertThat(last.more()).isFalse();
        assertThat(last.evidence()).hasSize(5);
        assertThat(keeper.page(HOST, Optional.empty(), 0, 10).evidence()).isEmpty();
    }

    @Test
    void tooMuchEvidenceIsFoldedAndAddsUpToTheSame() {
        happens(4_500);
        keeper.writeNow();
        keeper.fold();
        EvidencePage page = keeper.page(HOST, OAK, 0, 10_000);
        assertThat(page.before().number()).isEqualTo(2_500);
        assertThat(page.evidence()).hasSize(2_000);
        assertThat(Recomputation.replay(page.before(), page.evidence(), 4_500)).isEqualTo(history);
        keeper.fold();
        assertThat(keeper.page(HOST, OAK, 0, 10_000)).isEqualTo(page);
    }

    @Test
    void oldEvidenceIsFoldedAndWhatIsOlderThanAYearForgotten() {
        happens(10);
        keeper.writeNow();
        nowMillis += Duration.ofDays(31).toMillis();
        happens(5);
        keeper.writeNow();
        keeper.fold();
        EvidencePage page = keeper.page(HOST, OAK, 0, 100);
        assertThat(page.before().number()).isEqualTo(10);
        assertThat(Recomputation.replay(page.before(), page.evidence(), 15)).isEqualTo(history);

        nowMillis += Duration.ofDays(366).toMillis();
        keeper.fold();
        assertThat(keeper.history(HOST)).isEqualTo(HostHistory.UNKNOWN);
        assertThat(keeper.page(HOST, OAK, 0, 100).evidence()).isEmpty();
    }

    @Test
    void theSumIsKeptWhenPiecesWereLost() {
        happens(5);
        keeper.writeNow();
        // Six to ten are forgotten, as by a program that was at fault.
        for (int i = 6; i <= 10; i++) history = history.after(piece(i));
        happens(2);
        keeper.writeNow();
        assertThat(keeper.history(HOST).models().get(OAK.get())).isEqualTo(history);
        happens(3);
        EvidencePage page = keeper.page(HOST, OAK, 0, 100);
        assertThat(page.before().number()).isEqualTo(12);
        assertThat(Recomputation.replay(page.before(), page.evidence(), 15)).isEqualTo(history);
    }

    @Test
    void whatWaitsToBeWrittenHasABound() {
        EvidenceBuffer buffer = new EvidenceBuffer(100);
        for (int i = 0; i < 1_000; i++) {
            Evidence piece = piece(history.number() + 1);
            history = history.after(piece);
            buffer.add(HOST, OAK, piece, history);
        }
        var taken = buffer.take(10);
        assertThat(taken).hasSize(1);
        var addition = taken.getFirst().addition();
        assertThat(addition.pieces()).hasSizeLessThanOrEqualTo(100);
        var sum = addition.instead().orElseThrow();
        assertThat(Recomputation.replay(sum, addition.pieces(), 1_000)).isEqualTo(history);
        buffer.putBack(taken);
        assertThat(buffer.take(10)).isEqualTo(taken);
    }

    /** One in ten fails, one in a hundred is a failed check. */
    private void happens(int times) {
        for (int i = 0; i < times; i++) {
            Evidence piece = piece(history.number() + 1);
            history = history.after(piece);
            keeper.add(HOST, OAK, piece, history);
        }
    }

    private Evidence piece(long number) {
        if (number % 100 == 0) return new Evidence.Failed(number, nowMillis, "audit_failed", Meaning.DOUBTFUL);
        if (number % 10 == 0) return new Evidence.Failed(number, nowMillis, "stalled", Meaning.UNRELIABLE);
        return new Evidence.Answered(number, nowMillis + number, 100, 20, 100 + number % 7, 30 + number % 5);
    }
}
