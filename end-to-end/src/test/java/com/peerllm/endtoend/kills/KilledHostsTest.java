package com.peerllm.endtoend.kills;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.fixture.Sprout;
import com.peerllm.endtoend.kills.CuttingProxy.Death;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Hosts that die in the middle of answers, at every token and at random ones under load: consumers get the bytes of the
 * uninterrupted answer, one end, true counts, and every host is paid exactly for what the consumer has of it.
 *
 * <p>The full number of random deaths: {@code ./peerllm maven verify -pl end-to-end -am -Dtest=KilledHostsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dpeerllm.kills=500}. The gaps that consumers saw are in
 * {@code end-to-end/target/failover-gaps.json}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledHostsTest {
    private static final int KILLS = Integer.getInteger("peerllm.kills", 40);
    private static final int STREAMS = 8;
    private static final int HOSTS_UNDER_LOAD = 4;

    private final Gaps gaps = new Gaps();
    private KillingField field;
    private int promptTokens;
    private int tokens;

    @BeforeAll
    void start() throws Exception {
        field = new KillingField();
        try (KillableHost host = field.host(0, any -> false, Death.KILLED)) {
            ChatAnswer whole = field.ask().whole().orElseThrow();
            assertThat(whole.text()).isEqualTo(Sprout.STORY.answer());
            promptTokens = whole.usage().promptTokens();
            tokens = whole.usage().completionTokens();
            assertThat(tokens).isGreaterThan(100);
            field.expect(whole, List.of(new KillingField.Part(host.id(), promptTokens, tokens)));
        }
        field.awaitHosts(List.of());
    }

    @AfterAll
    void stop() throws Exception {
        gaps.write(Path.of(System.getProperty("peerllm.home"), "end-to-end", "target", "failover-gaps.json"));
        field.close();
    }

    @Test
    @Timeout(300)
    void anAnswerIsTheSameWhereverItsHostDies() throws Exception {
        List<KillableHost> hosts = new ArrayList<>();
        AtomicInteger cutAt = new AtomicInteger(-1);
        try {
            for (int engine = 0; engine < 2; engine++) hosts.add(field.host(engine, dyingAt(cutAt), Death.KILLED));
            for (int at = 0; at <= tokens; at++) {
                cutAt.set(at);
                StreamedAnswer streamed = field.ask();
                assertThat(cutAt.get()).as("a host died at " + at).isEqualTo(-1);
                KillableHost died =
                        hosts.stream().filter(KillableHost::isCut).findFirst().orElseThrow();
                KillableHost survived =
                        hosts.stream().filter(host -> host != died).findFirst().orElseThrow();
                assertIsWhole(streamed, at);
                field.expect(streamed.whole().orElseThrow(), parts(died, survived, at));
                gaps.add(streamed);
                hosts.remove(died);
                died.close();
                hosts.add(field.host(field.engineOf(died), dyingAt(cutAt), Death.KILLED));
                field.awaitHosts(hosts);
            }
        } finally {
            hosts.forEach(KillableHost::close);
            field.awaitHosts(List.of());
        }
        field.checkMoney();
    }

    /** The first host that comes to this token dies before it tells it; after the last, before it says that it is done. */
    private Predicate<Passing> dyingAt(AtomicInteger cutAt) {
        return passing -> {
            int at = cutAt.get();
            boolean there = switch (passing) {
                case Passing.Tokens(var frame) -> frame.position() >= at;
                case Passing.Finished() -> at >= tokens;
            };
            return at >= 0 && there && cutAt.compareAndSet(at, -1);
        };
    }

    /** The prompt is paid once, to the host whose token came first. */
    private List<KillingField.Part> parts(KillableHost died, KillableHost survived, int at) {
        if (at == 0) return List.of(new KillingField.Part(survived.id(), promptTokens, tokens));
        return List.of(
                new KillingField.Part(died.id(), promptTokens, at),
                new KillingField.Part(survived.id(), 0, tokens - at));
    }

    @Test
    @Timeout(600)
    void eightStreamsAreWholeWhileHostsDieAtRandom() throws Exception {
        Random random = new Random(4);
        AtomicInteger kills = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();
        List<KillableHost> hosts = new ArrayList<>();
        ExecutorService consumers = Executors.newFixedThreadPool(STREAMS);
        try {
            AtomicInteger frames = new AtomicInteger(framesToLive(random));
            AtomicReference<KillableHost> condemned = new AtomicReference<>();
            for (int i = 0; i < HOSTS_UNDER_LOAD; i++) hosts.add(dying(i % 2, random, condemned, frames));
            condemned.set(hosts.getFirst());
            List<Future<Integer>> asking = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) asking.add(consumers.submit(consumer(kills, broken)));
            while (kills.get() < KILLS) {
                field.pause();
                for (KillableHost died : Stream.of(hosts.toArray(KillableHost[]::new))
                        .filter(KillableHost::isCut)
                        .toList()) {
                    hosts.remove(died);
                    died.close();
                    hosts.add(dying(field.engineOf(died), random, condemned, frames));
                    kills.incrementAndGet();
                    frames.set(framesToLive(random));
                    condemned.set(hosts.get(random.nextInt(hosts.size())));
                }
                for (Future<Integer> each : asking) if (each.isDone()) each.get();
            }
            int answers = 0;
            for (Future<Integer> each : asking) answers += each.get();
            // An answer that met four deaths ends with an error that says so; that is rare.
            assertThat(broken.get()).isLessThanOrEqualTo(1 + answers / 20);
            gaps.loaded(kills.get(), answers, broken.get());
        } finally {
            consumers.shutdownNow();
            hosts.forEach(KillableHost::close);
            field.awaitHosts(List.of());
        }
        field.checkMoney();
    }

    /** Asks until enough hosts have died. */
    private Callable<Integer> consumer(AtomicInteger kills, AtomicInteger broken) {
        return () -> {
            int answers = 0;
            while (kills.get() < KILLS) {
                StreamedAnswer streamed = field.ask();
                answers++;
                if (streamed.whole().isEmpty()) {
                    assertThat(streamed.failure()).isPresent();
                    assertThat(streamed.doneEvents()).isLessThanOrEqualTo(1);
                    assertThat(Sprout.STORY.answer()).startsWith(streamed.text());
                    broken.incrementAndGet();
                    continue;
                }
                assertIsWhole(streamed, -1);
                field.expect(streamed.whole().get(), promptTokens, tokens);
            }
            return answers;
        };
    }

    /** One at a time is condemned, and dies after so many frames of any of its answers: the others are there to go on. */
    private KillableHost dying(int engine, Random random, AtomicReference<KillableHost> condemned, AtomicInteger frames)
            throws java.io.IOException {
        AtomicReference<KillableHost> self = new AtomicReference<>();
        Predicate<Passing> dies = passing -> passing instanceof Passing.Tokens
                && self.get() != null
                && condemned.get() == self.get()
                && frames.decrementAndGet() < 0;
        KillableHost host = field.host(engine, dies, random.nextBoolean() ? Death.KILLED : Death.RESET);
        self.set(host);
        return host;
    }

    private static int framesToLive(Random random) {
        return random.nextInt(120);
    }

    private void assertIsWhole(StreamedAnswer streamed, int at) {
        assertThat(streamed.text()).as("cut at " + at).isEqualTo(Sprout.STORY.answer());
        assertThat(streamed.doneEvents()).isEqualTo(1);
        ChatAnswer answer = streamed.whole().orElseThrow();
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage().promptTokens()).isEqualTo(promptTokens);
        assertThat(answer.usage().completionTokens()).as("cut at " + at).isEqualTo(tokens);
    }

    static Path scratch() throws java.io.IOException {
        return Files.createTempDirectory("peerllm-test-kills-").toRealPath();
    }
}
