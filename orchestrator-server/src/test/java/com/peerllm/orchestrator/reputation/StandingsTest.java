package com.peerllm.orchestrator.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.reputation.Evidence;
import com.peerllm.shared.reputation.History;
import com.peerllm.shared.reputation.HostHistory;
import com.peerllm.shared.reputation.ModelHistory;
import com.peerllm.shared.reputation.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static final ModelDigest OAK = new ModelDigest("0a".repeat(32));
    private static final ModelDigest ELM = new ModelDigest("0e".repeat(32));
    private static final Success GOOD = new Success(100, 50, 200, 50);

    private final Clock clock = new Clock();
    private final List<Noted> noted = new ArrayList<>();
    private final EvidenceSink sink = (host, model, piece, after) -> noted.add(new Noted(host, model, piece, after));
    private final Standings standings = new Standings(clock, sink);

    private record Noted(HostId host, Optional<ModelDigest> model, Evidence piece, History after) {}

    /** Stands still unless it is told to go on. */
    private static final class Clock implements InstantSource {
        private long millis = 1_800_000_000_000L;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        void pass(Duration time) {
            millis += time.toMillis();
        }
    }

    @Test
    void whatIsToldToTheSinkAddsUpToTheSameStanding() {
        HostStanding host = joins(1);
        for (int i = 0; i < 30; i++) host.model(OAK).succeeded(GOOD);
        host.model(OAK).faulted(Fault.STALLED);
        host.model(ELM).confirmed();
        host.model(ELM).faulted(Fault.AUDIT_FAILED);
        clock.pass(Duration.ofMinutes(5));
        standings.left(host);

        Standings again = new Standings(clock, EvidenceSink.NONE);
        HostStanding recalled = again.joined(host.id(), addedUp());
        assertThat(recalled.history().models()).isEqualTo(host.history().models());
        assertThat(recalled.model(OAK).score()).isPositive();
        assertThat(recalled.history().presence().number())
                .as("back at once, so nothing is noted but the absence of no time")
                .isEqualTo(host.history().presence().number() + 1);
    }

    private HostHistory addedUp() {
        Presence presence = Presence.NEW;
        var models = new java.util.HashMap<ModelDigest, ModelHistory>();
        for (Noted each : noted) {
            if (each.model().isPresent()) {
                ModelDigest model = each.model().get();
                models.put(model, models.getOrDefault(model, ModelHistory.EMPTY).after(each.piece()));
            } else {
                presence = presence.after(each.piece());
            }
        }
        return new HostHistory(presence, models);
    }

    @Test
    void aLieAboutOneModelExcludesTheHostWithAllAndLeavingWashesNothingAway() {
        HostStanding host = joins(1);
        establish(host.model(OAK));
        establish(host.model(ELM));
        List<String> changes = new ArrayList<>();
        host.model(ELM).onChange(() -> changes.add("elm"));

        host.model(OAK).faulted(Fault.FALSE_SIGNATURE);

        assertThat(host.model(OAK).score()).isZero();
        assertThat(host.model(ELM).score()).isZero();
        assertThat(changes).isNotEmpty();
        standings.left(host);
        HostStanding back = standings.joined(host.id(), HostHistory.UNKNOWN);
        assertThat(back.model(ELM).score()).isZero();
        clock.pass(Duration.ofMinutes(61));
        standings.tick();
        assertThat(back.model(ELM).score()).as("once the time is over").isPositive();
        assertThat(back.model(OAK).newcomer()).as("on probation").isTrue();
    }

    @Test
    void aHostIsMeasuredAgainstTheEstablishedHostsOfItsModel() {
        HostStanding slow = joins(1);
        HostStanding usual = joins(2);
        HostStanding other = joins(3);
        for (int i = 0; i < 20; i++) {
            slow.model(OAK).succeeded(new Success(100, 50, 800, 12.5));
            usual.model(OAK).succeeded(GOOD);
            other.model(OAK).succeeded(GOOD);
        }
        assertThat(slow.model(OAK).parts().speed()).isCloseTo(0.25, offset(0.01));
        assertThat(usual.model(OAK).parts().speed()).isCloseTo(1, offset(0.03));

        standings.left(usual);
        standings.left(other);
        assertThat(slow.model(OAK).parts().speed())
                .as("alone, it is what is usual")
                .isCloseTo(1, offset(0.03));
    }

    @Test
    void newcomersDoNotMoveTheMeasureOfOthers() {
        HostStanding old = joins(1);
        establish(old.model(OAK));
        double before = standings.pace(OAK).millisPerToken();
        for (int i = 2; i < 50; i++) joins(i).model(OAK).succeeded(new Success(100, 50, 9000, 1));
        assertThat(standings.pace(OAK).millisPerToken()).isEqualTo(before);
    }

    @Test
    void whoGoesWithoutAWordIsAbsentUntilItIsBackAndWhoDrainsIsNot() {
        HostStanding polite = joins(1);
        HostStanding lost = joins(2);
        clock.pass(Duration.ofHours(12));
        polite.draining();
        standings.left(polite);
        standings.left(lost);
        clock.pass(Duration.ofHours(4));
        joins(1);
        joins(2);
        assertThat(polite.model(OAK).parts().uptime()).isEqualTo(1);
        // 12 of 16 hours, and 4 hours that everybody is credited with.
        assertThat(lost.model(OAK).parts().uptime()).isCloseTo(16.0 / 20, offset(0.001));
    }

    @Test
    void aPromiseLapsesAfterEightHours() {
        HostStanding host = joins(1);
        clock.pass(Duration.ofHours(12));
        standings.left(host);
        clock.pass(Duration.ofDays(6));
        joins(1);
        assertThat(noted.getLast().piece())
                .isInstanceOfSatisfying(
                        Evidence.Absent.class,
                        absent -> assertThat(absent.spanMillis())
                                .isEqualTo(Duration.ofHours(8).toMillis()));
    }

    @Test
    void timeInWhichTheOrchestratorDidNotRunCountsForNobody() {
        HostStanding host = joins(1);
        clock.pass(Duration.ofHours(1));
        standings.left(host);
        clock.pass(Duration.ofHours(3));
        Standings restarted = new Standings(clock, sink);
        clock.pass(Duration.ofMinutes(1));
        restarted.joined(host.id(), addedUp());
        assertThat(noted.getLast().piece())
                .isInstanceOfSatisfying(
                        Evidence.Absent.class,
                        absent -> assertThat(absent.spanMillis()).isEqualTo(60_000));
    }

    @Test
    void hostsThatLeaveBecauseTheOrchestratorStopsAreExcused() {
        HostStanding host = joins(1);
        clock.pass(Duration.ofHours(1));
        standings.stop();
        assertThat(host.history().presence().lostAtMillis()).isZero();
        assertThat(host.history().presence().presentMillis())
                .isEqualTo(Duration.ofHours(1).toMillis());
    }

    @Test
    void aLongPresenceIsNotedEveryHour() {
        joins(1);
        for (int minute = 0; minute < 150; minute++) {
            clock.pass(Duration.ofMinutes(1));
            for (int second = 0; second < 60; second++) standings.tick();
        }
        assertThat(noted).hasSize(2);
    }

    @Test
    void modelsOfWhichNothingIsKnownAreLetGo() {
        HostStanding host = joins(1);
        host.model(OAK).succeeded(GOOD);
        for (int i = 0; i < 100; i++) host.model(new ModelDigest("%064x".formatted(i)));
        host.serves(java.util.Set.of(ELM));
        assertThat(host.models()).extracting(ModelStanding::model).containsExactly(OAK);
    }

    @Test
    void aBreakerThatMayTryAgainIsTold() {
        ModelStanding model = joins(1).model(OAK);
        for (int i = 0; i < 3; i++) model.faulted(Fault.ENGINE_FAILED);
        List<Boolean> open = new ArrayList<>();
        model.onChange(() -> open.add(model.breakerOpen()));
        standings.tick();
        open.clear();
        clock.pass(Duration.ofSeconds(15));
        standings.tick();
        assertThat(open).contains(false);
        model.jobSent();
        assertThat(model.breakerOpen()).as("one at a time").isTrue();
    }

    private HostStanding joins(int number) {
        return standings.joined(new HostId("host_%032x".formatted(number)), HostHistory.UNKNOWN);
    }

    private static void establish(ModelStanding model) {
        for (int i = 0; i < 20; i++) model.succeeded(GOOD);
    }
}
